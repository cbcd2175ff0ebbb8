/** Parts of the nets that are one stack of convolutions with a head on top: AlexNet, ZFNet, VGG. */
import type { ActivationFunction, Initialiser, Layer, OptionSpec } from '../core/net.ts';
import {
  activation,
  batchNorm,
  type ConvOptions,
  conv,
  dense,
  dropout,
  flatten,
  globalAveragePool,
  lrn,
} from './_layers.ts';

export type Norm = 'none' | 'lrn' | 'batch';
export type InitName = 'paper' | 'he' | 'glorot';

export interface StackOptions {
  norm: Norm;
  activation: ActivationFunction;
  init: InitName;
  head: 'fc' | 'gap';
  hidden: number[];
  dropout: number;
}

export const STACK_OPTIONS: Record<keyof StackOptions, OptionSpec> = {
  norm: { default: 'none', oneOf: ['none', 'lrn', 'batch'], about: 'lrn: behind the nonlinearity, batch: before it' },
  activation: { default: 'relu', oneOf: ['relu', 'tanh', 'sigmoid'], about: 'nonlinearity of every hidden layer' },
  init: {
    default: 'paper',
    oneOf: ['paper', 'he', 'glorot'],
    about: 'first weights; biases other than 0 with paper only',
  },
  head: { default: 'fc', oneOf: ['fc', 'gap'], about: 'fc: hidden dense layers, gap: global average pooling' },
  hidden: {
    default: { byForm: { paper: [4096, 4096], small: [512, 512] } },
    minimum: 1,
    about: 'units of each hidden dense layer',
  },
  dropout: { default: 0.5, minimum: 0, maximum: 0.95, real: true, about: 'rate behind each hidden dense layer' },
};

/** A convolution and what follows it. Batch normalisation has a β, so that its convolution needs no bias. */
export function stackUnit(
  name: string,
  x: Layer,
  { norm, activation: how, ...options }: ConvOptions & Pick<StackOptions, 'norm' | 'activation'>,
): Layer {
  const y = conv(name, x, norm === 'batch' ? { ...options, bias: false } : options);
  const normalised = norm === 'batch' ? batchNorm(`${name}.norm`, y) : y;
  const z = activation(`${name}.${how}`, normalised, how);
  return norm === 'lrn' ? lrn(`${name}.lrn`, z) : z;
}

interface HeadOptions extends Omit<StackOptions, 'norm'> {
  classes: number;
  /** What the paper draws weights from. */
  paperInit: Initialiser;
  /** First biases of hidden layers. */
  bias?: number;
  /** Number in the name of the first dense layer: AlexNet's is its sixth. */
  first: number;
}

/** From feature maps to logits: `fc6`, `fc7`, `fc8`, or the mean of each map and `fc6`. */
export function stackHead(x: Layer, { first, head, ...options }: HeadOptions): Layer {
  const { hidden, dropout: rate, activation: how, init, paperInit, bias = 0, classes } = options;
  let y = head === 'gap' ? globalAveragePool('gap', x) : flatten('flatten', x);
  const kept = head === 'gap' ? [] : hidden;
  kept.forEach((units, i) => {
    const name = `fc${first + i}`;
    const z = dense(name, y, { units, bias, init: initialiser(init, paperInit) });
    y = dropout(`${name}.dropout`, activation(`${name}.${how}`, z, how), rate);
  });
  return dense(`fc${first + kept.length}`, y, { units: classes, init: classifierInitialiser(init, paperInit) });
}

export function initialiser(init: InitName, paperInit: Initialiser): Initialiser {
  if (init === 'paper') return paperInit;
  return { kind: init === 'he' ? 'he-fan-in' : 'glorot-uniform' };
}

/** No ReLU follows a classifier; with small weights the first loss is that of a guess. */
function classifierInitialiser(init: InitName, paperInit: Initialiser): Initialiser {
  return init === 'he' ? { kind: 'normal', std: 0.01 } : initialiser(init, paperInit);
}
