/**
 * LeNet-5: LeCun, Bottou, Bengio & Haffner, "Gradient-Based Learning Applied to Document Recognition", 1998, §II.B.
 *
 * Departures. A subsampling unit takes the mean of its four inputs, not their sum: its trained coefficient holds the
 * factor. The output's negative distances are logits of a softmax. Its codes are our drawings of the digits. The small
 * form pads 28 px to the paper's 32.
 */
import { UserError } from '../core/errors.ts';
import {
  type ActivationFunction,
  defineNet,
  type Initialiser,
  type Layer,
  type NetInput,
  type OptionSpec,
} from '../core/net.ts';
import { DIGIT_CODES } from './_digit-codes.ts';
import { activation, affine, conv, dense, flatten, input, pool, rbf } from './_layers.ts';

interface Options {
  form: 'paper' | 'small';
  connections: 'table' | 'all';
  subsampling: 'trained' | 'average' | 'max';
  output: 'rbf' | 'dense';
  activation: ActivationFunction;
  init: 'paper' | 'he' | 'glorot';
}

/** Maps of S2 that each map of C3 sees: table I. */
const TABLE_I = ['012', '123', '234', '345', '045', '015', '0123', '1234', '2345', '0345', '0145', '0125'].concat([
  '0134',
  '1245',
  '0235',
  '012345',
]);
const CONNECTIONS = TABLE_I.map(maps => [...maps].map(Number));
const PAPER_PIXELS = 32;
/** Appendix A: uniform within 2.4 / fan-in. */
const INITS: Record<Options['init'], Initialiser> = {
  paper: { kind: 'lecun-uniform' },
  he: { kind: 'he-fan-in' },
  glorot: { kind: 'glorot-uniform' },
};

/** No nonlinearity follows: the first loss is that of a guess. */
const OUTPUT_INIT: Initialiser = { kind: 'normal', std: 0.01 };

const OPTIONS: Record<keyof Options, OptionSpec> = {
  form: { default: 'paper', oneOf: ['paper', 'small'], about: 'small: images of less than 32 px are padded to 32' },
  connections: {
    default: 'table',
    oneOf: ['table', 'all'],
    about: 'which maps of S2 a map of C3 sees: table I, or all',
  },
  subsampling: {
    default: 'trained',
    oneOf: ['trained', 'average', 'max'],
    about: 'trained: mean, coefficient, bias and nonlinearity; else plain pooling',
  },
  output: { default: 'rbf', oneOf: ['rbf', 'dense'], about: 'rbf: distance to the fixed code of each digit' },
  activation: {
    default: 'scaled-tanh',
    oneOf: ['scaled-tanh', 'tanh', 'sigmoid', 'relu'],
    about: 'nonlinearity of every layer; scaled-tanh is 1.7159 tanh(2x/3)',
  },
  init: { default: 'paper', oneOf: ['paper', 'he', 'glorot'], about: 'first weights' },
};

const MODERN: Record<keyof Options, OptionSpec> = {
  ...OPTIONS,
  connections: { ...OPTIONS.connections, default: 'all' },
  subsampling: { ...OPTIONS.subsampling, default: 'max' },
  output: { ...OPTIONS.output, default: 'dense' },
  activation: { ...OPTIONS.activation, default: 'relu' },
  init: { ...OPTIONS.init, default: 'he' },
};

const BASE = {
  family: 'lenet',
  year: 1998,
  source: 'LeCun, Bottou, Bengio & Haffner 1998, Proc. IEEE 86(11)',
  paperInput: { shape: [PAPER_PIXELS, PAPER_PIXELS, 1], classes: 10 },
  build: (options: unknown, given: NetInput) => build(options as Options, given),
};

export default [
  defineNet({
    ...BASE,
    name: 'lenet-5',
    published: { parameters: 60_000, source: 'LeCun et al. 1998, §III.B: "60,000 trainable free parameters"' },
    options: OPTIONS,
  }),
  defineNet({ ...BASE, name: 'lenet-5-modern', options: MODERN }),
];

function build(options: Options, { shape, classes }: NetInput): Layer {
  const init = INITS[options.init];
  const act = (name: string, x: Layer): Layer => activation(`${name}.${options.activation}`, x, options.activation);
  const convolution = (name: string, x: Layer, filters: number, more = {}): Layer =>
    act(name, conv(name, x, { filters, kernel: 5, padding: 0, bias: true, init, ...more }));

  const c1 = convolution('c1', input(shape), 6, { padding: paddingOf(shape, options) });
  const s2 = subsampling('s2', c1, options, act);
  const c3 = convolution('c3', s2, 16, options.connections === 'table' ? { connections: CONNECTIONS } : {});
  const s4 = subsampling('s4', c3, options, act);
  const c5 = convolution('c5', s4, 120);
  const f6 = act('f6', dense('f6', flatten('flatten', c5), { units: 84, init }));
  return options.output === 'dense'
    ? dense('output', f6, { units: classes, init: OUTPUT_INIT })
    : rbf('output', f6, codes(classes));
}

function paddingOf([height = PAPER_PIXELS]: NetInput['shape'], { form }: Options): number {
  return form === 'small' ? Math.max(0, Math.ceil((PAPER_PIXELS - height) / 2)) : 0;
}

function subsampling(name: string, x: Layer, { subsampling: how }: Options, act: typeof flatten): Layer {
  const pooled = pool(`${name}.pool`, x, { type: how === 'max' ? 'max' : 'average', size: 2, stride: 2 });
  return how === 'trained' ? act(name, affine(name, pooled)) : pooled;
}

function codes(classes: number): typeof DIGIT_CODES {
  if (classes <= DIGIT_CODES.length) return DIGIT_CODES.slice(0, classes);
  throw new UserError(
    `lenet-5: the rbf output has codes of ten digits, got ${classes} classes. Use the option output=dense.`,
  );
}
