/** Residual units: what lies on the branch, in which order, and what lies on the shortcut. */
import type { Layer } from '../core/net.ts';
import { activation, add, type ConvOptions, subsamplePad, withParametersOf } from './_layers.ts';
import {
  convNorm,
  dampedInitialiser,
  hasBatchNorm,
  initialiserOf,
  normalise,
  type Style,
  styledConv,
} from './_style.ts';

export type Shortcut = 'A' | 'B' | 'C' | 'none';
type Step = 'conv' | 'norm' | 'activation';

/** A unit's branch, weight by weight (`last` for the last of them), and what follows the addition. */
interface UnitOrder {
  weight: readonly Step[];
  last: readonly Step[];
  sum: readonly Step[];
}

/** He et al. 2016, figure 4 (a) to (e). */
export const ORDERS = {
  original: { weight: ['conv', 'norm', 'activation'], last: ['conv', 'norm'], sum: ['activation'] },
  'bn-after-add': { weight: ['conv', 'norm', 'activation'], last: ['conv'], sum: ['norm', 'activation'] },
  'relu-before-add': { weight: ['conv', 'norm', 'activation'], last: ['conv', 'norm', 'activation'], sum: [] },
  'relu-only-preactivation': { weight: ['activation', 'conv', 'norm'], last: ['activation', 'conv', 'norm'], sum: [] },
  'full-preactivation': { weight: ['norm', 'activation', 'conv'], last: ['norm', 'activation', 'conv'], sum: [] },
} as const satisfies Record<string, UnitOrder>;

export type Order = keyof typeof ORDERS;

export interface UnitOptions {
  /** Filters and kernel of each weight layer: figure 5 of He et al. 2015, left (basic) or right (bottleneck). */
  weights: readonly { filters: number; kernel: number; stride: number }[];
  shortcut: Shortcut;
  order: Order;
  style: Style;
  /** The stem has already activated its input: the first unit of a pre-activation net begins with a convolution. */
  afterStem: boolean;
  /** Units of the net, whose sums grow if nothing normalises them. */
  branches: number;
  /** A unit whose convolutions are used in place of its own. */
  weightsOf?: string;
}

/**
 * Two 3×3 convolutions, or a bottleneck: 1×1 that reduces, 3×3, 1×1 that expands fourfold, with the stride on the first
 * (paper) or on the 3×3 ("v1.5").
 */
export function unitWeights(filters: number, stride: number, bottleneck: '1x1' | '3x3' | null): UnitOptions['weights'] {
  const weight = (kernel: number, strides: boolean, wider = 1) => {
    return { filters: wider * filters, kernel, stride: strides ? stride : 1 };
  };
  if (bottleneck === null) return [weight(3, true), weight(3, false)];
  return [weight(1, bottleneck === '1x1'), weight(3, bottleneck === '3x3'), weight(1, false, 4)];
}

export function residualUnit(name: string, x: Layer, options: UnitOptions): Layer {
  const { weights, order, shortcut } = options;
  const { sum } = ORDERS[order];
  const before = options.afterStem ? x : take(name, 1, x, stepsBeforeConv(order), options);
  const branch = weights.reduce((y, _, index) => weight(name, index, y, options), before);
  const merged = shortcut === 'none' ? branch : add(`${name}.add`, skip(name, { x, before }, options), branch);
  return take(name, weights.length, merged, sum, options);
}

/** What the units of a pre-activation net leave to be done after the last addition (He et al. 2016, appendix). */
export function finishUnits(name: string, x: Layer, order: Order, style: Style): Layer {
  const names = { norm: `${name}.norm`, activation: `${name}.${style.activation}` };
  return stepsBeforeConv(order).reduce((y, step) => finish(y, step, names, style), x);
}

function stepsBeforeConv(order: Order): readonly Finish[] {
  const { weight } = ORDERS[order] as UnitOrder;
  return weight.slice(0, weight.indexOf('conv')) as readonly Finish[];
}

/** The steps of one weight layer; those before the first convolution have been taken. */
function weight(name: string, index: number, x: Layer, options: UnitOptions): Layer {
  const { weight, last } = ORDERS[options.order] as UnitOrder;
  const steps = index === options.weights.length - 1 ? last : weight;
  return take(name, index + 1, x, index === 0 ? steps.slice(steps.indexOf('conv')) : steps, options);
}

function take(name: string, number: number, x: Layer, steps: readonly Step[], options: UnitOptions): Layer {
  return steps.reduce((y, step) => takeStep(name, number, y, step, options), x);
}

function takeStep(name: string, number: number, x: Layer, step: Step, options: UnitOptions): Layer {
  if (step === 'conv') return convolution(name, number, x, options);
  return finish(
    x,
    step,
    { norm: `${name}.${number}.norm`, activation: `${name}.${options.style.activation}${number}` },
    options.style,
  );
}

function convolution(name: string, number: number, x: Layer, options: UnitOptions): Layer {
  const { weights, weightsOf, style } = options;
  const shape = weights[number - 1] as UnitOptions['weights'][number];
  const y = styledConv(`${name}.${number}.conv`, x, { ...shape, ...firstWeights(x, shape.kernel, options) }, style);
  return weightsOf === undefined ? y : withParametersOf(`${weightsOf}.${number}.conv`, y);
}

/**
 * In sums that nothing normalises, each branch starts so small that a step changes all of them together about as much as it
 * would change one (Zhang, Dauphin & Ma 2019, arXiv:1901.09321, §3). The last one not from 0: a ReLU behind it would stay shut.
 */
function firstWeights(x: Layer, kernel: number, options: UnitOptions): Pick<ConvOptions, 'init'> {
  const { weights, shortcut, style, branches } = options;
  const summed = shortcut !== 'none' && !hasBatchNorm(style.norm);
  if (!summed || initialiserOf(style).kind !== 'he-fan-in') return {};
  return { init: dampedInitialiser(x, kernel ** 2, branches ** (-1 / (2 * weights.length - 2))) };
}

type Finish = Exclude<Step, 'conv'>;

function finish(x: Layer, step: Finish, names: Record<Finish, string>, style: Style): Layer {
  return step === 'norm' ? normalise(names.norm, x, style) : activation(names.activation, x, style.activation);
}

/** Identity where the shape stays. Where it changes, a pre-activation net's starts from the activated signal (v2's code). */
function skip(name: string, { x, before }: { x: Layer; before: Layer }, options: UnitOptions): Layer {
  const { weights, shortcut } = options;
  const stride = weights.reduce((product, layer) => product * layer.stride, 1);
  const { filters } = weights.at(-1) as { filters: number };
  const changes = stride !== 1 || x.output[2] !== filters;
  if (shortcut === 'C' || (shortcut === 'B' && changes)) return project(name, before, { filters, stride }, options);
  return changes ? subsamplePad(`${name}.shortcut`, before, { stride, channels: filters }) : x;
}

/** Normalised if the branch that it is added to is. */
function project(
  name: string,
  x: Layer,
  to: { filters: number; stride: number },
  { order, style }: UnitOptions,
): Layer {
  const { last } = ORDERS[order] as UnitOrder;
  const options = { ...to, kernel: 1 };
  return last.indexOf('norm') > last.indexOf('conv')
    ? convNorm(`${name}.projection`, x, options, style)
    : styledConv(`${name}.projection.conv`, x, options, style);
}
