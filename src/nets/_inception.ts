/**
 * The words that Inception nets are written in: a step takes a layer to the next one, and steps are put in a chain or
 * side by side. A convolution `c` in module `3a` is named `3a.branch2.1.conv`: its branch, and its place in the chain.
 */
import type { Json } from '../core/ids.ts';
import type { Heads, Layer, NetInput, OptionSpec } from '../core/net.ts';
import { convUnit, type Norm, STYLE_OPTIONS, type Style, styledConv } from './_conv-unit.ts';
import { activation, add, concat, dense, dropout, globalAveragePool, input, lrn, pool, scale } from './_layers.ts';

export interface InceptionOptions extends Style {
  form: 'paper' | 'small';
  /** Multiplies the filters of all convolutions. */
  width: number;
  dropout: number;
}

export type Step = (name: string, x: Layer, options: InceptionOptions) => Layer;
export type Kernel = number | readonly [number, number];
export type Modules = readonly (readonly [name: string, step: Step])[];

interface Sliding {
  stride?: number;
  /** Default: padded. *shrink*: not padded in the paper's form, but in the small one, which has no pixels to lose. */
  edges?: 'shrink' | 'valid';
}

/** Of Google's published models; the papers give none. */
const BATCH_NORM_EPSILON = 1e-3;

interface InceptionDefaults {
  smallWidth: number;
  /** The first is the paper's. */
  norms: readonly Norm[];
  dropout: number;
}

export function inceptionOptions({ smallWidth, norms, dropout }: InceptionDefaults) {
  return {
    form: { default: 'paper', oneOf: ['paper', 'small'], about: "the paper's ImageNet form, or the one for 28–32 px" },
    width: {
      default: { byForm: { paper: 1, small: smallWidth } },
      minimum: 0.03,
      maximum: 8,
      real: true,
      about: 'multiplies the filters of every convolution',
    },
    ...STYLE_OPTIONS,
    norm: { default: norms[0] as Norm, oneOf: norms, about: 'batch: at each convolution, lrn: in the stem' },
    dropout: { default: dropout, minimum: 0, maximum: 0.99, real: true, about: 'rate before the classifier' },
  } satisfies Record<string, OptionSpec>;
}

/** Options as `build` gets them; `lrn` is a step of its own here, so that convolutions have batch norm or none. */
export function readOptions<Options extends InceptionOptions>(given: Record<string, Json>): Options {
  return { epsilon: BATCH_NORM_EPSILON, ...given } as unknown as Options;
}

export function conv(filters: number, kernel: Kernel, { stride = 1, edges }: Sliding = {}): Step {
  return (name, x, options) => {
    const padding = isUnpadded(edges, options) ? { padding: 'valid' as const } : {};
    const style = { ...options, norm: options.norm === 'lrn' ? 'none' : options.norm } as const;
    return convUnit(name, x, { filters: scaled(filters, options.width), kernel, stride, ...padding }, style);
  };
}

export function max(sliding: Sliding = {}): Step {
  return pooling('max', 3, sliding);
}

export function average({ size = 3, ...sliding }: Sliding & { size?: number } = {}): Step {
  return pooling('average', size, sliding);
}

/** A level of `norm`: what stood where batch normalisation came. */
export const stemLrn: Step = (name, x, { norm }) => (norm === 'lrn' ? lrn(`${name}.lrn`, x) : x);

export function chain(...steps: readonly Step[]): Step {
  return (name, x, options) => steps.reduce((y, step, index) => step(`${name}.${index + 1}`, y, options), x);
}

/** Side by side, joined along the channels. */
export function parallel(...branches: readonly Step[]): Step {
  return (name, x, options) =>
    concat(
      `${name}.concat`,
      branches.map((branch, index) => branch(`${name}.branch${index + 1}`, x, options)),
    );
}

export interface ResidualOptions {
  /** Damping of the branch before the addition (Szegedy et al. 2016, §3.3). */
  factor: number;
  shortcut: 'identity' | 'none';
  /** The released Inception-ResNet-v2 leaves its last sum as it is. */
  activated?: boolean;
}

/** The branches through a linear 1×1 with a bias, damped, added to the input, then the nonlinearity (figure 15). */
export function residual({ factor, shortcut, activated = true }: ResidualOptions, ...branches: Step[]): Step {
  return (name, x, options) => {
    const joined = parallel(...branches)(name, x, options);
    const expand = { filters: x.output[2] as number, kernel: 1, bias: true };
    const branch = styledConv(`${name}.expand.conv`, joined, expand, options);
    const sum = shortcut === 'none' ? branch : add(`${name}.add`, x, scale(`${name}.scale`, branch, factor));
    return activated ? activation(`${name}.${options.activation}`, sum, options.activation) : sum;
  };
}

/** The stages of a net by name: from images to the last feature maps, and to any module's output. */
export function run(modules: Modules, { shape }: NetInput, options: InceptionOptions): (name?: string) => Layer {
  const outputs = new Map<string, Layer>();
  let x = input(shape);
  for (const [name, step] of modules) {
    x = step(name, x, options);
    outputs.set(name, x);
  }
  return name => (name === undefined ? x : (outputs.get(name) as Layer));
}

/** Global average pooling, dropout, classifier. */
export function head(x: Layer, { classes }: NetInput, options: InceptionOptions): Layer {
  return classifier('head', dropout('head.dropout', globalAveragePool('head.pool', x), options.dropout), classes);
}

export function classifier(name: string, x: Layer, classes: number): Layer {
  return dense(`${name}.dense`, x, { units: classes, init: { kind: 'normal', std: 0.01 } });
}

export const AUXILIARY_OPTIONS = {
  auxiliary: { default: true, oneOf: [true, false], about: 'classifiers at inner modules, in training only' },
  auxiliaryWeight: { default: 0.3, minimum: 0, maximum: 10, real: true, about: "of an auxiliary classifier's loss" },
} satisfies Record<string, OptionSpec>;

export interface AuxiliaryOptions {
  auxiliary: boolean;
  auxiliaryWeight: number;
}

export function withAuxiliary(
  logits: Layer,
  { auxiliary, auxiliaryWeight: weight }: AuxiliaryOptions,
  heads: readonly Layer[],
): Heads {
  return { logits, auxiliary: auxiliary ? heads.map(logits => ({ logits, weight })) : [] };
}

export type FiveByFive = '5x5' | '3x3' | 'two-3x3';

/** A 5×5, or the two 3×3 with its receptive field (Szegedy et al. 2015b, §3.1), or the one that torchvision has. */
export function fiveByFive(how: FiveByFive, filters: number, last: Sliding = {}): Step[] {
  if (how === 'two-3x3') return [conv(filters, 3), conv(filters, 3, last)];
  return [conv(filters, how === '5x5' ? 5 : 3, last)];
}

export function fiveByFiveOption(paper: FiveByFive): OptionSpec {
  return { default: paper, oneOf: ['5x5', '3x3', 'two-3x3'], about: "what a module's widest branch has" };
}

export type SevenBySeven = 'factorised' | '7x7' | 'three-3x3';

/** What covers 7×7 pixels (Szegedy et al. 2015b, §3.2). */
export function sevenBySeven(how: SevenBySeven, inner: number, outer: number): Step[] {
  if (how === '7x7') return [conv(outer, 7)];
  if (how === 'three-3x3') return [conv(inner, 3), conv(inner, 3), conv(outer, 3)];
  return [conv(inner, [1, 7]), conv(outer, [7, 1])];
}

export const SEVEN_BY_SEVEN: OptionSpec = {
  default: 'factorised',
  oneOf: ['factorised', '7x7', 'three-3x3'],
  about: '1×7 and 7×1, or what they stand for',
};

/** How many modules of each kind. */
export function modulesOption(paper: readonly number[], small: readonly number[]): OptionSpec {
  return { default: { byForm: { paper: [...paper], small: [...small] } }, minimum: 1, about: 'modules of each stage' };
}

/** `a1`, `a2`, … */
export function repeat(name: string, count: number | undefined, module: (index: number) => Step): Modules {
  return Array.from({ length: count ?? 1 }, (_, index) => [`${name}${index + 1}`, module(index)] as const);
}

export function scaled(filters: number, width: number): number {
  return Math.max(1, Math.round(filters * width));
}

function pooling(type: 'max' | 'average', size: number, { stride = 1, edges }: Sliding): Step {
  return (name, x, options) => {
    const padding = isUnpadded(edges, options) ? 'valid' : 'same';
    return pool(`${name}.pool`, x, { type, size, stride, padding });
  };
}

function isUnpadded(edges: Sliding['edges'], { form }: InceptionOptions): boolean {
  return edges === 'valid' || (edges === 'shrink' && form === 'paper');
}
