/**
 * The words that Inception nets are written in: a step takes a layer to the next one, and steps are put in a chain or
 * side by side. A convolution `c` in module `3a` is named `3a.branch2.1.conv`: its branch, and its place in the chain.
 */
import type { Layer } from '../core/net.ts';
import { add, concat, lrn, pool, scale } from './_layers.ts';
import { activate, convUnit, hasBatchNorm, hasLrn, type Style, styledConv } from './_style.ts';
import { widen } from './_width.ts';

export interface StepOptions extends Style {
  form: 'paper' | 'small';
  width: number;
}

export type Step = (name: string, x: Layer, options: StepOptions) => Layer;
export type Modules = readonly (readonly [name: string, step: Step])[];

type Kernel = number | readonly [number, number];

interface Sliding {
  stride?: number;
  /** Default: padded. *shrink*: not padded in the paper's form, but in the small one, which has no pixels to lose. */
  edges?: 'shrink' | 'valid';
}

export const HALVE = { stride: 2, edges: 'shrink' } as const;
export const SHRINK = { edges: 'shrink' } as const;

export function conv(filters: number, kernel: Kernel, { stride = 1, edges }: Sliding = {}): Step {
  return (name, x, options) => {
    const padding = isUnpadded(edges, options) ? { padding: 'valid' as const } : {};
    const shape = { filters: widen(filters, options.width), kernel, stride, ...padding };
    return convUnit(name, x, shape, withoutLrn(options));
  };
}

export function max(sliding: Sliding = {}): Step {
  return pooling('max', 3, sliding);
}

export function average({ size = 3, ...sliding }: Sliding & { size?: number } = {}): Step {
  return pooling('average', size, sliding);
}

/** A level of `norm`: what stood where batch normalisation came. */
export const stemLrn: Step = (name, x, { norm }) => (hasLrn(norm) ? lrn(`${name}.lrn`, x) : x);

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

/** A 1×1, and beside it a pooling with a 1×1 behind it: the ends of nearly every module. */
export function pooled(how: Step, filters: number): Step {
  return chain(how, conv(filters, 1));
}

/** A step whose filters are given as they are to be, whatever the width. */
export function unwidened(step: Step): Step {
  return (name, x, options) => step(name, x, { ...options, width: 1 });
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
    const expand = { filters: x.output[2] as number, kernel: 1 };
    const branch = styledConv(`${name}.expand.conv`, joined, expand, { ...options, norm: 'none' });
    const sum = shortcut === 'none' ? branch : add(`${name}.add`, x, scale(`${name}.scale`, branch, factor));
    return activated ? activate(name, sum, options) : sum;
  };
}

export type FiveByFive = '5x5' | '3x3' | '3x3-pair';

/** A 5×5, or the two 3×3 with its receptive field (Szegedy et al. 2015b, §3.1), or the one that torchvision has. */
export function fiveByFive(how: FiveByFive, filters: number, last: Sliding = {}): Step[] {
  if (how === '3x3-pair') return [conv(filters, 3), conv(filters, 3, last)];
  return [conv(filters, how === '5x5' ? 5 : 3, last)];
}

export type Factorised = '1x7-7x1' | '7x7' | '3x3-stack';

/** What covers 7×7 pixels (Szegedy et al. 2015b, §3.2). */
export function sevenBySeven(how: Factorised, inner: number, outer: number): Step[] {
  if (how === '7x7') return [conv(outer, 7)];
  if (how === '3x3-stack') return [conv(inner, 3), conv(inner, 3), conv(outer, 3)];
  return [conv(inner, [1, 7]), conv(outer, [7, 1])];
}

/** `a1`, `a2`, … */
export function repeat(name: string, count: number | undefined, module: (index: number) => Step): Modules {
  return Array.from({ length: count ?? 1 }, (_, index) => [`${name}${index + 1}`, module(index)] as const);
}

function withoutLrn(options: StepOptions): StepOptions {
  return hasLrn(options.norm) ? { ...options, norm: hasBatchNorm(options.norm) ? 'batch' : 'none' } : options;
}

function pooling(type: 'max' | 'average', size: number, { stride = 1, edges }: Sliding): Step {
  return (name, x, options) => {
    const padding = isUnpadded(edges, options) ? 'valid' : 'same';
    return pool(`${name}.pool`, x, { type, size, stride, padding });
  };
}

function isUnpadded(edges: Sliding['edges'], { form }: StepOptions): boolean {
  return edges === 'valid' || (edges === 'shrink' && form === 'paper');
}
