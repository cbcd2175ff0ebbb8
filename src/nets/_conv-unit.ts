/** A convolution with what follows it, normalisation and activation as levels: an experiment's factors in every family. */
import type { ActivationFunction, Initialiser, Layer, OptionSpec } from '../core/net.ts';
import { activation, batchNorm, type ConvOptions, conv, lrn } from './_layers.ts';

export type Norm = 'none' | 'lrn' | 'batch';
export type InitialiserName = keyof typeof INITIALISERS;

/** How a net's convolutions are finished. */
export interface Style {
  norm: Norm;
  activation: ActivationFunction;
  init: InitialiserName;
  /** Of batch normalisation. */
  epsilon?: number;
  /** Biases although batch normalisation shifts. */
  bias?: boolean;
}

/** He et al. 2015b; Glorot & Bengio 2010; Krizhevsky et al. 2012. */
const INITIALISERS = {
  he: { kind: 'he-fan-in' },
  glorot: { kind: 'glorot-uniform' },
  gaussian: { kind: 'normal', std: 0.01 },
} as const satisfies Record<string, Initialiser>;

export const STYLE_OPTIONS = {
  norm: { default: 'batch', oneOf: ['none', 'lrn', 'batch'], about: 'normalisation after each convolution' },
  activation: { default: 'relu', oneOf: ['relu', 'tanh', 'sigmoid'], about: 'nonlinearity' },
  init: { default: 'he', oneOf: Object.keys(INITIALISERS), about: "convolutions' first weights" },
} satisfies Record<string, OptionSpec>;

/** Without the shift of batch normalisation a convolution has biases of its own. */
export function styledConv(name: string, x: Layer, options: ConvOptions, { norm, init, bias = false }: Style): Layer {
  return conv(name, x, { bias: bias || norm !== 'batch', init: INITIALISERS[init], ...options });
}

export function normalise(name: string, x: Layer, { norm, epsilon }: Style): Layer {
  if (norm === 'none') return x;
  return norm === 'lrn' ? lrn(name, x) : batchNorm(name, x, epsilon === undefined ? {} : { epsilon });
}

/** `NAME.conv`, then `NAME.norm` if there is one. */
export function convNorm(name: string, x: Layer, options: ConvOptions, style: Style): Layer {
  return normalise(`${name}.norm`, styledConv(`${name}.conv`, x, options, style), style);
}

/** `NAME.conv`, `NAME.norm`, `NAME.relu`, or what the style has in their place. */
export function convUnit(name: string, x: Layer, options: ConvOptions, style: Style): Layer {
  return activation(`${name}.${style.activation}`, convNorm(name, x, options, style), style.activation);
}
