/**
 * LeNet-5: LeCun, Bottou, Bengio & Haffner, "Gradient-Based Learning Applied to Document Recognition", 1998, §II.B.
 *
 * Departures. A subsampling unit takes the mean of its four inputs, not their sum: its trained coefficient holds the
 * factor. The output's negative distances are logits of a softmax. Its codes are our drawings of the digits. The small
 * form pads 28 px to the paper's 32.
 */
import { UserError } from '../core/errors.ts';
import { defineNet, type Layer, type NetInput, type OptionSpec } from '../core/net.ts';
import { DIGIT_CODES } from './_digit-codes.ts';
import { affine, conv, dense, flatten, input, pool, rbf } from './_layers.ts';
import { option } from './_options.ts';
import { activate, initialiserOf, type Style } from './_style.ts';
import { widen } from './_width.ts';

interface Options extends Pick<Style, 'activation' | 'init' | 'paperInit'> {
  form: 'paper' | 'small';
  connections: 'table' | 'all';
  subsampling: 'trained' | 'average' | 'max';
  output: 'rbf' | 'dense';
  width: number;
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
const PAPER_INIT = { kind: 'lecun-uniform' } as const;
/** No nonlinearity follows: the first loss is that of a guess. */
const OUTPUT_INIT = { kind: 'normal', std: 0.01 } as const;

const OPTIONS: Record<keyof Omit<Options, 'paperInit'>, OptionSpec> = {
  form: option('form', 'paper', { about: 'small: images of less than 32 px are padded to 32' }),
  width: option('width', 1, { about: 'neither table I nor the codes have another' }),
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
  activation: option('activation', 'scaled-tanh', { about: 'scaled-tanh is 1.7159 tanh(2x/3)' }),
  init: option('init', 'paper'),
};

const MODERN: Record<string, OptionSpec> = {
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
  build: (options: object, given: NetInput) => build({ ...options, paperInit: PAPER_INIT } as Options, given),
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
  requireWidth(options);
  const init = initialiserOf(options);
  const at = (count: number): number => widen(count, options.width);
  const convolution = (name: string, x: Layer, filters: number, more = {}): Layer =>
    activate(name, conv(name, x, { filters: at(filters), kernel: 5, padding: 0, bias: true, init, ...more }), options);

  const c1 = convolution('c1', input(shape), 6, { padding: paddingOf(shape, options) });
  const s2 = subsampling('s2', c1, options);
  const c3 = convolution('c3', s2, 16, options.connections === 'table' ? { connections: CONNECTIONS } : {});
  const s4 = subsampling('s4', c3, options);
  const c5 = convolution('c5', s4, 120);
  const f6 = activate('f6', dense('f6', flatten('flatten', c5), { units: at(84), init }), options);
  return options.output === 'dense'
    ? dense('output', f6, { units: classes, init: OUTPUT_INIT })
    : rbf('output', f6, codes(classes));
}

function requireWidth({ width, connections, output }: Options): void {
  if (width === 1 || (connections === 'all' && output === 'dense')) return;
  throw new UserError(
    `lenet-5: expected a width of 1 with table I or the rbf output, got ${width}. Use connections=all output=dense.`,
  );
}

function paddingOf([height = PAPER_PIXELS]: NetInput['shape'], { form }: Options): number {
  return form === 'small' ? Math.max(0, Math.ceil((PAPER_PIXELS - height) / 2)) : 0;
}

function subsampling(name: string, x: Layer, options: Options): Layer {
  const type = options.subsampling === 'max' ? 'max' : 'average';
  const pooled = pool(`${name}.pool`, x, { type, size: 2, stride: 2 });
  return options.subsampling === 'trained' ? activate(name, affine(name, pooled), options) : pooled;
}

function codes(classes: number): typeof DIGIT_CODES {
  if (classes <= DIGIT_CODES.length) return DIGIT_CODES.slice(0, classes);
  throw new UserError(
    `lenet-5: the rbf output has codes of ten digits, got ${classes} classes. Use the option output=dense.`,
  );
}
