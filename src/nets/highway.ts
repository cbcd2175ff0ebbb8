/**
 * Highway nets: Srivastava, Greff & Schmidhuber, "Training Very Deep Networks", 2015: T(x) · H(x) + (1 − T(x)) · x with
 * gates T that begin almost closed. Thin nets of dense layers for MNIST (§3.1; 10, 20, 50 and 100 layers) and the
 * convolutional net of 32 layers for CIFAR-10 (table 1 of their arXiv:1505.00387, "Highway C").
 *
 * Departures. The paper draws widths and gate biases at random and does not list the layers of Highway C: ours has three
 * stages of 3×3 convolutions with pooling between them and about its 1.25 million parameters. A stage begins with a plain
 * convolution, since a gate needs equal widths. Depth counts the layers below the classifier. The default gate bias falls
 * with depth, so that some of the image reaches the top of 100 layers: at −2, 50 layers keep 0.2 % of it. With identity
 * shortcuts and He's deviations, H starts smaller by the root of the depth: sums of so many layers without normalisation
 * overflow else.
 */
import { UserError } from '../core/errors.ts';
import {
  defineNet,
  type Initialiser,
  type Layer,
  type NetDefinition,
  type NetInput,
  type OptionSpec,
} from '../core/net.ts';
import { activation, add, conv, dense, flatten, gate, globalAveragePool, input, pool } from './_layers.ts';
import { byForm, option } from './_options.ts';
import { activate, dampedInitialiser, initialiserOf, type Style } from './_style.ts';
import { widen } from './_width.ts';

interface Options extends Pick<Style, 'activation' | 'init'> {
  form: 'paper' | 'small';
  layers: 'dense' | 'convolution';
  depth: number;
  shortcut: 'gate' | 'identity' | 'none';
  gateBias: number;
  units: number;
  filters: number[];
  width: number;
}

const MNIST: NetInput = { shape: [28, 28, 1], classes: 10 };
const CIFAR: NetInput = { shape: [32, 32, 3], classes: 10 };

const OPTIONS: Record<string, OptionSpec> = {
  form: option('form', 'paper', { about: 'small: fewer filters in convolutions' }),
  shortcut: option('shortcut', 'gate', {
    levels: ['gate', 'identity', 'none'],
    about: 'gate: highway, identity: x is added as it is',
  }),
  units: {
    default: 50,
    minimum: 1,
    about: 'of each dense layer; 71 give a plain net the parameters of a highway of 50',
  },
  filters: option('filters', byForm([32, 48, 64], [8, 16, 32]), { about: 'one number a stage' }),
  width: option('width', 1),
  activation: option('activation', 'relu'),
  init: option('init', 'paper', { about: "the paper's is He's" }),
};

export default [
  highway(10, 'dense', -2),
  highway(20, 'dense', -3),
  highway(32, 'convolution', -3),
  highway(50, 'dense', -4),
  highway(100, 'dense', -5),
];

function highway(depth: number, layers: Options['layers'], gateBias: number): NetDefinition {
  return defineNet({
    name: `highway-${depth}`,
    family: 'highway',
    year: 2015,
    source: 'Srivastava, Greff & Schmidhuber 2015, arXiv:1507.06228',
    paperInput: layers === 'dense' ? MNIST : CIFAR,
    ...(layers === 'convolution' && {
      published: { parameters: 1.25e6, source: 'Srivastava et al. 2015, arXiv:1505.00387, table 1' },
    }),
    options: {
      ...OPTIONS,
      layers: { default: layers, oneOf: ['dense', 'convolution'], about: 'what H and T are made of' },
      depth: { default: depth, minimum: 2, maximum: 1000, about: 'layers below the classifier' },
      gateBias: { default: gateBias, minimum: -20, maximum: 20, real: true, about: 'first bias of the gates' },
    },
    build: (options, given) => build(options as unknown as Options, given),
  });
}

function build(options: Options, { shape, classes }: NetInput): Layer {
  const x = input(shape);
  const top = options.layers === 'dense' ? denseLayers(x, options) : convolutions(x, options);
  return dense('output', top, { units: classes, init: { kind: 'glorot-uniform' } });
}

/** A plain layer that sets the width, then depth − 1 highway layers. */
function denseLayers(x: Layer, options: Options): Layer {
  const make: MakeLayer = (name, y, bias) =>
    dense(name, y, { units: widen(options.units, options.width), bias, init: initOf(y, 1, options) });
  const features = x.output.length === 1 ? x : flatten('flatten', x);
  return section(features, 1, options.depth, make, options);
}

/** `depth` layers over the stages, the first stages the shorter ones. */
function convolutions(x: Layer, options: Options): Layer {
  const { filters, depth } = options;
  if (depth < filters.length)
    throw new UserError(`highway: expected a depth of at least ${filters.length}, got ${depth}.`);
  let y = x;
  let first = 1;
  filters.forEach((count, stage) => {
    const make: MakeLayer = (name, z, bias) =>
      conv(name, z, { filters: widen(count, options.width), kernel: 3, bias, init: initOf(z, 9, options) });
    const last = Math.floor((depth * (stage + 1)) / filters.length);
    if (stage > 0) y = pool(`pool${stage}`, y, { type: 'max', size: 3, stride: 2, padding: 'same' });
    y = section(y, first, last, make, options);
    first = last + 1;
  });
  return globalAveragePool('gap', y);
}

function initOf(x: Layer, window: number, options: Options): Initialiser {
  const init = initialiserOf(options);
  const damped = options.shortcut === 'identity' && init.kind === 'he-fan-in';
  return damped ? dampedInitialiser(x, window, 1 / Math.sqrt(options.depth)) : init;
}

type MakeLayer = (name: string, x: Layer, bias: number) => Layer;

/** Layers `first` to `last`; the first one is plain. */
function section(x: Layer, first: number, last: number, make: MakeLayer, options: Options): Layer {
  let y = plainLayer(`layer${first}`, x, make, options);
  for (let number = first + 1; number <= last; number++) y = highwayLayer(`layer${number}`, y, make, options);
  return y;
}

function plainLayer(name: string, x: Layer, make: MakeLayer, options: Options): Layer {
  return activate(name, make(name, x, 0), options);
}

function highwayLayer(name: string, x: Layer, make: MakeLayer, options: Options): Layer {
  const transform = plainLayer(name, x, make, options);
  if (options.shortcut === 'none') return transform;
  if (options.shortcut === 'identity') return add(`${name}.add`, x, transform);
  const open = activation(`${name}.gate.sigmoid`, make(`${name}.gate`, x, options.gateBias), 'sigmoid');
  return gate(`${name}.carry`, { transform, gate: open, carry: x });
}
