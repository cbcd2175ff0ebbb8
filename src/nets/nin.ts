/**
 * Network in Network: Lin, Chen & Yan 2013, figure 2, for CIFAR-10: three convolutions, each followed by two 1×1 layers
 * (an "mlpconv"), and the mean of one feature map a class in place of dense layers.
 *
 * Departures. Filters and the kind of pooling are those of the authors' published configuration, as the paper gives none.
 * The paper's form already takes 32 px; the small form has a third of the filters, for 28–32 px.
 */
import type { Layer } from '../core/net.ts';
import { dropout, flatten, globalAveragePool } from './_layers.ts';
import { byForm, option } from './_options.ts';
import { type Convolution, defineStack, filtersAt, type Pooling, type StackOptions, stackOptions } from './_stack.ts';
import { classifier } from './_style.ts';

interface Options extends StackOptions {
  block: 'mlpconv' | 'conv';
  headDropout: number;
}

const KERNELS = [5, 5, 3] as const;
const POOLS: readonly Pooling[] = [
  { pool: 'pool1', padding: 'same', paper: { type: 'max', size: 3 } },
  { pool: 'pool2', padding: 'same', paper: { type: 'average', size: 3 } },
];
const { hidden: _, ...STACK } = stackOptions({
  pooling: 'paper',
  filters: [
    [192, 160, 96, 192, 192, 192, 192, 192],
    [64, 56, 32, 64, 64, 64, 64, 64],
  ],
});

export default [
  defineStack<Options>({
    name: 'nin',
    family: 'nin',
    year: 2013,
    source: 'Lin, Chen & Yan 2013, arXiv:1312.4400',
    paperInput: { shape: [32, 32, 3], classes: 10 },
    published: { parameters: 966_986, macs: 222_486_528, source: 'imgclsmob, nin_cifar10' },
    paperInit: { kind: 'normal', std: 0.05 },
    options: {
      ...STACK,
      init: option('init', byForm('paper', 'he')),
      norm: option('norm', 'none', {
        levels: ['none', 'batch'],
        about: 'batch: before each nonlinearity but the last',
      }),
      pooling: option('pooling', 'paper', { about: 'paper: 3×3 every 2, maxima first, then means' }),
      head: option('head', 'gap', { about: 'either reads the class maps (table 5)' }),
      dropout: option('dropout', 0.5, { about: 'behind the first two poolings' }),
      headDropout: { ...STACK.dropout, default: 0, about: 'rate before the dense layer of `head` fc' },
      filters: { ...STACK.filters, about: 'filters of the nine layers but the last, which has one for each class' },
      block: {
        default: 'mlpconv',
        oneOf: ['mlpconv', 'conv'],
        about: 'conv: without the 1×1 layers behind each convolution',
      },
    },
    steps: (options, classes) => KERNELS.flatMap((_, block) => steps(block, options, classes)),
    headOf: head,
  }),
];

/** A convolution, its 1×1 layers, and the pooling that follows. */
function steps(block: number, options: Options, classes: number): (Convolution | Pooling)[] {
  const pool = POOLS[block];
  const last = block === KERNELS.length - 1;
  const layers = [convolution(block, options), ...mlpLayers(block, options, last ? classes : undefined)];
  return pool ? [...layers, { ...pool, dropout: options.dropout }] : layers;
}

function convolution(block: number, options: Options): Convolution {
  return { conv: `conv${block + 1}`, filters: filtersAt(options, 3 * block), kernel: KERNELS[block] as number };
}

/** The very last layer makes the class maps, in each kind of block; eq. 2 has a nonlinearity behind it too. */
function mlpLayers(block: number, options: Options, classes: number | undefined): Convolution[] {
  const layer = (place: number): Convolution => {
    const filters = filtersAt(options, 3 * block + place);
    return { conv: `conv${block + 1}.mlp${place}`, filters, kernel: 1 };
  };
  const second = classes === undefined ? layer(2) : { ...layer(2), filters: classes, batch: false };
  if (options.block === 'mlpconv') return [layer(1), second];
  return classes === undefined ? [] : [second];
}

function head(x: Layer, options: Options, classes: number): Layer {
  if (options.head === 'gap') return globalAveragePool('gap', x);
  const maps = dropout('flatten.dropout', flatten('flatten', x), options.headDropout);
  return classifier('fc', maps, classes, options);
}
