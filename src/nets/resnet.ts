/**
 * Residual nets and their plain counterparts: He, Zhang, Ren & Sun, "Deep Residual Learning for Image Recognition",
 * 2015. Table 1 for ImageNet, §4.2 for CIFAR-10.
 *
 * Departures. The small form keeps depth, units and shortcuts and changes the stem (3×3, no pooling) and the widths,
 * so that 28–32 px images survive four stages.
 */
import { defineNet, type Layer, type NetDefinition, type NetInput, type OptionSpec } from '../core/net.ts';
import { add, batchNorm, conv, dense, globalAveragePool, input, pool, relu, subsamplePad } from './_layers.ts';

type Shortcut = 'A' | 'B' | 'C' | 'none';
interface Options {
  form: 'paper' | 'small';
  widths: number[];
  shortcut: Shortcut;
  stemStride: number;
}

const SOURCE = 'He, Zhang, Ren & Sun 2015, arXiv:1512.03385';
const IMAGENET: NetInput = { shape: [224, 224, 3], classes: 1000 };
const BLOCKS: Record<number, readonly number[]> = { 18: [2, 2, 2, 2], 34: [3, 4, 6, 3] };
/** torchvision's weight metadata, projection shortcuts. */
const PUBLISHED: Record<number, { parameters: number; macs: number; source: string }> = {
  18: { parameters: 11_689_512, macs: 1.814e9, source: 'torchvision, resnet18' },
  34: { parameters: 21_797_672, macs: 3.664e9, source: 'torchvision, resnet34' },
};

const OPTIONS: Record<string, OptionSpec> = {
  form: { default: 'paper', oneOf: ['paper', 'small'], about: "the paper's ImageNet form, or the one for 28–32 px" },
  widths: {
    default: { byForm: { paper: [64, 128, 256, 512], small: [16, 16, 32, 64] } },
    minimum: 1,
    about: 'filters of each stage',
  },
  shortcut: {
    default: { byForm: { paper: 'B', small: 'A' } },
    oneOf: ['A', 'B', 'C', 'none'],
    about: 'A: zero-padding, B: projection where the shape changes, C: projection everywhere, none: a plain net',
  },
  stemStride: { default: { byForm: { paper: 2, small: 1 } }, minimum: 1, about: 'stride of the first convolution' },
};

export default [18, 34].flatMap(depth => [resnet(depth), variant('plain', depth, 'none'), variant('residual', depth)]);

function resnet(depth: number): NetDefinition {
  return defineNet({
    name: `resnet-${depth}`,
    family: 'resnet',
    year: 2015,
    source: SOURCE,
    paperInput: IMAGENET,
    ...(PUBLISHED[depth] && { published: PUBLISHED[depth] }),
    options: OPTIONS,
    build: (options, given) => build(BLOCKS[depth] as readonly number[], options as unknown as Options, given),
  });
}

/** Another name of resnet-n: `residual-n` as it is, `plain-n` without shortcuts. */
function variant(prefix: string, depth: number, shortcut?: Shortcut): NetDefinition {
  const { published, ...base } = resnet(depth);
  const fixed = { ...OPTIONS, shortcut: { default: 'none', oneOf: ['none'], about: 'a plain net has none' } };
  return {
    ...base,
    ...(published && !shortcut && { published }),
    name: `${prefix}-${depth}`,
    options: shortcut ? fixed : OPTIONS,
  };
}

function build(blocks: readonly number[], options: Options, { shape, classes }: NetInput): Layer {
  const { widths, shortcut } = options;
  let x = stem(input(shape), options);
  blocks.forEach((units, stage) => {
    for (let unit = 0; unit < units; unit++) {
      const stride = stage > 0 && unit === 0 ? 2 : 1;
      x = basicUnit(`stage${stage + 1}.unit${unit + 1}`, x, {
        filters: widths[stage] ?? (widths.at(-1) as number),
        stride,
        shortcut,
      });
    }
  });
  return dense('head.dense', globalAveragePool('head.pool', x), {
    units: classes,
    init: { kind: 'normal', std: 0.01 },
  });
}

function stem(x: Layer, { form, widths, stemStride }: Options): Layer {
  const kernel = form === 'paper' ? 7 : 3;
  const y = convNorm('stem', x, { filters: widths[0] as number, kernel, stride: stemStride });
  const activated = relu('stem.relu', y);
  return form === 'paper' ? pool('stem.pool', activated, { type: 'max', size: 3, stride: 2, padding: 1 }) : activated;
}

interface UnitOptions {
  filters: number;
  stride: number;
  shortcut: Shortcut;
}

/** Figure 5, left: two 3×3 convolutions, the shortcut added before the last ReLU. */
function basicUnit(name: string, x: Layer, { filters, stride, shortcut }: UnitOptions): Layer {
  const first = relu(`${name}.relu1`, convNorm(`${name}.1`, x, { filters, kernel: 3, stride }));
  const second = convNorm(`${name}.2`, first, { filters, kernel: 3 });
  if (shortcut === 'none') return relu(`${name}.relu2`, second);
  return relu(`${name}.relu2`, add(`${name}.add`, skip(name, x, { filters, stride, shortcut }), second));
}

function skip(name: string, x: Layer, { filters, stride, shortcut }: UnitOptions): Layer {
  const changes = stride !== 1 || x.output[2] !== filters;
  if (shortcut === 'C' || (shortcut === 'B' && changes)) {
    return convNorm(`${name}.projection`, x, { filters, kernel: 1, stride });
  }
  return changes ? subsamplePad(`${name}.shortcut`, x, { stride, channels: filters }) : x;
}

function convNorm(name: string, x: Layer, options: { filters: number; kernel: number; stride?: number }): Layer {
  return batchNorm(`${name}.norm`, conv(`${name}.conv`, x, options));
}
