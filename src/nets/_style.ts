/** A convolution with what follows it. Normalisation, nonlinearity and first weights are factors in every family. */
import type { ActivationFunction, Initialiser, Layer } from '../core/net.ts';
import { activation, batchNorm, type ConvOptions, conv, dense, lrn } from './_layers.ts';

/** *batch-lrn*: batch normalisation, and LRN where a net with *lrn* has it. */
export type Norm = 'none' | 'lrn' | 'batch' | 'batch-lrn';

export const hasBatchNorm = (norm: Norm): boolean => norm === 'batch' || norm === 'batch-lrn';
export const hasLrn = (norm: Norm): boolean => norm === 'lrn' || norm === 'batch-lrn';

/** How a net's layers are begun and finished. */
export interface Style {
  norm: Norm;
  activation: ActivationFunction;
  init: 'paper' | 'gaussian' | 'glorot' | 'he';
  /** What `init` paper stands for; He's if absent. */
  paperInit?: Initialiser;
  /** Of batch normalisation. */
  epsilon?: number;
  /** Biases although batch normalisation shifts. */
  convBias?: boolean;
}

/** Krizhevsky et al. 2012; Glorot & Bengio 2010; He et al. 2015b. */
const INITIALISERS = {
  gaussian: { kind: 'normal', std: 0.01 },
  glorot: { kind: 'glorot-uniform' },
  he: { kind: 'he-fan-in' },
} as const satisfies Record<string, Initialiser>;

export function initialiserOf({ init, paperInit = INITIALISERS.he }: Pick<Style, 'init' | 'paperInit'>): Initialiser {
  return init === 'paper' ? paperInit : INITIALISERS[init];
}

/** He's, times `damping`; `window` is the area of the kernel. */
export function dampedInitialiser(x: Layer, window: number, damping: number): Initialiser {
  return { kind: 'normal', std: damping * Math.sqrt(2 / (window * (x.output.at(-1) as number))) };
}

/** Logits. He's deviation is for a ReLU to follow; with small weights the first loss is that of a guess. */
export function classifier(name: string, x: Layer, units: number, style: Pick<Style, 'init' | 'paperInit'>): Layer {
  const init = initialiserOf(style);
  return dense(name, x, { units, init: init.kind === 'he-fan-in' ? INITIALISERS.gaussian : init });
}

/** Without the shift of batch normalisation a convolution has biases of its own. */
export function styledConv(name: string, x: Layer, options: ConvOptions, style: Style): Layer {
  const { norm, convBias = false } = style;
  const own = hasBatchNorm(norm) ? convBias : (options.bias ?? true);
  return conv(name, x, { init: initialiserOf(style), ...options, bias: own });
}

export function normalise(name: string, x: Layer, { norm, epsilon }: Pick<Style, 'norm' | 'epsilon'>): Layer {
  const y = hasBatchNorm(norm) ? batchNorm(name, x, epsilon === undefined ? {} : { epsilon }) : x;
  if (!hasLrn(norm)) return y;
  return lrn(y === x ? name : `${name}.lrn`, y);
}

export function activate(name: string, x: Layer, { activation: how }: Pick<Style, 'activation'>): Layer {
  return activation(`${name}.${how}`, x, how);
}

/** `NAME.conv`, then `NAME.norm` if there is one. */
export function convNorm(name: string, x: Layer, options: ConvOptions, style: Style, weights = `${name}.conv`): Layer {
  return normalise(`${name}.norm`, styledConv(weights, x, options, style), style);
}

/** `NAME.conv`, `NAME.norm`, `NAME.relu`, or what the style has in their place. `weights` renames the first. */
export function convUnit(name: string, x: Layer, options: ConvOptions, style: Style, weights?: string): Layer {
  return activate(name, convNorm(name, x, options, style, weights), style);
}
