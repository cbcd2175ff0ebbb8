/** Constructors of layers: each infers its output's shape, and refuses inputs that do not fit. */
import { UserError } from '../core/errors.ts';
import type { ActivationFunction, Initialiser, Layer, Op, Padding, Shape } from '../core/net.ts';
import { sizeOf } from '../core/parameters.ts';
import { imageShape, requireDivisible, requireSameShape, requireVector, slidingShape } from './_shapes.ts';

/** He et al. 2015b, eq. 10: normal with variance 2 / fan-in, for layers that a ReLU follows. */
const HE: Initialiser = { kind: 'he-fan-in' };

/** Where images come in: [height, width, channels] of one of them. */
export function input(shape: Shape): Layer {
  return layer('input', { kind: 'input' }, [], shape);
}

/** Of a convolution; windows in pixels. */
export interface ConvOptions {
  filters: number;
  /** Pixels: a side, or [height, width]. */
  kernel: number | readonly [number, number];
  /** Default: 1. */
  stride?: number;
  /** Default: half the kernel, as the papers pad. */
  padding?: Padding;
  /** Default: 1, which is none. */
  dilation?: number;
  /** Parts of the channels, each seen by a part of the filters. Default: 1. */
  groups?: number;
  /** True: from 0. A number: from that. */
  bias?: boolean | number;
  init?: Initialiser;
  /** For each filter the input channels that it sees. */
  connections?: readonly (readonly number[])[];
}

/**
 * [height, width, channels] → [⌊(height + 2 · padding − reach) / stride⌋ + 1, likewise, filters], where reach is
 * dilation · (kernel − 1) + 1 (Dumoulin & Visin 2016, relation 6). Throws a `UserError` if `x` is no image, the window does
 * not fit, or groups divide neither channels nor filters.
 */
export function conv(name: string, x: Layer, options: ConvOptions): Layer {
  const { filters, stride = 1, dilation = 1, groups = 1, init = HE, connections } = options;
  const kernel = typeof options.kernel === 'number' ? ([options.kernel, options.kernel] as const) : options.kernel;
  const padding = options.padding ?? (kernel[0] === kernel[1] ? (dilation * (kernel[0] - 1)) / 2 : 'same');
  const [, , channels] = imageShape(name, x);
  requireDivisible(name, { channels, filters, groups });
  const reach = kernel.map(size => dilation * (size - 1) + 1) as [number, number];
  const output = [...slidingShape(name, x, reach, stride, padding), filters];
  const bias = initialBias(options.bias);
  const op = { kind: 'conv', filters, kernel, stride, padding, dilation, groups, bias, init } as const;
  return layer(name, connections ? { ...op, connections } : op, [x], output);
}

/** Ioffe & Szegedy 2015. `momentum` is the share of the old moving statistics that a step keeps. */
export function batchNorm(name: string, x: Layer, { epsilon = 1e-5, momentum = 0.9, scale = true } = {}): Layer {
  return layer(name, { kind: 'batch-norm', epsilon, momentum, scale }, [x], x.output);
}

/** Krizhevsky et al. 2012, §3.3, with the paper's constants by default. */
export function lrn(name: string, x: Layer, { size = 5, bias = 2, alpha = 1e-4, beta = 0.75 } = {}): Layer {
  imageShape(name, x);
  return layer(name, { kind: 'lrn', size, bias, alpha, beta }, [x], x.output);
}

/** Each value by itself; the shape stays. */
export function activation(name: string, x: Layer, how: ActivationFunction): Layer {
  return layer(name, { kind: 'activation', function: how }, [x], x.output);
}

/** Nair & Hinton 2010: max(0, x). */
export function relu(name: string, x: Layer): Layer {
  return activation(name, x, 'relu');
}

/** Srivastava et al. 2014: in training each value is dropped with chance `rate`. A rate of 0 is no layer. */
export function dropout(name: string, x: Layer, rate: number): Layer {
  return rate === 0 ? x : layer(name, { kind: 'dropout', rate }, [x], x.output);
}

/** Sum of two layers. Throws a `UserError` if their shapes differ. */
export function add(name: string, a: Layer, b: Layer): Layer {
  requireSameShape(name, [a, b]);
  return layer(name, { kind: 'add' }, [a, b], a.output);
}

/** Branches side by side: their heights and widths agree, their channels add up. */
export function concat(name: string, branches: readonly Layer[]): Layer {
  const shapes = branches.map(branch => imageShape(name, branch));
  const [height, width] = shapes[0] as readonly [number, number, number];
  if (!shapes.every(shape => shape[0] === height && shape[1] === width)) {
    const got = shapes.map(shape => `[${shape}]`).join(', ');
    throw new UserError(`layer ${name}: expected branches of one height and width, got ${got}.`);
  }
  const channels = shapes.reduce((sum, shape) => sum + shape[2], 0);
  return layer(name, { kind: 'concat' }, branches, [height, width, channels]);
}

/** Times a constant: the damping of Inception-ResNet's branches (Szegedy et al. 2016, §3.3). */
export function scale(name: string, x: Layer, factor: number): Layer {
  return layer(name, { kind: 'scale', factor }, [x], x.output);
}

/** Srivastava et al. 2015, eq. 3: gate · transform + (1 − gate) · carry. */
export function gate(name: string, { transform, gate, carry }: Record<'transform' | 'gate' | 'carry', Layer>): Layer {
  requireSameShape(name, [transform, gate, carry]);
  return layer(name, { kind: 'gate' }, [transform, gate, carry], carry.output);
}

/** A trained coefficient and bias for each channel. */
export function affine(name: string, x: Layer): Layer {
  return layer(name, { kind: 'affine' }, [x], x.output);
}

/** Of a pooling; windows in pixels. */
export interface PoolOptions {
  type: 'max' | 'average';
  /** Of the window's side, in pixels. */
  size: number;
  stride: number;
  /** Default: 'valid'. */
  padding?: Padding;
}

/** [height, width, channels] → as many channels of the size that `conv` would leave. Throws a `UserError` if the window does not fit. */
export function pool(name: string, x: Layer, { type, size, stride, padding = 'valid' }: PoolOptions): Layer {
  const [, , channels] = imageShape(name, x);
  const output = [...slidingShape(name, x, [size, size], stride, padding), channels];
  return layer(name, { kind: 'pool', type, size, stride, padding }, [x], output);
}

/** Lin et al. 2013: the mean of each feature map: [height, width, channels] → [channels]. */
export function globalAveragePool(name: string, x: Layer): Layer {
  return layer(name, { kind: 'global-average-pool' }, [x], [imageShape(name, x)[2]]);
}

/** Option A of He et al. 2015, §3.3: every `stride`-th pixel, and zeros for the new channels, half on each side. */
export function subsamplePad(
  name: string,
  x: Layer,
  { stride, channels }: { stride: number; channels: number },
): Layer {
  const [height, width, from] = imageShape(name, x);
  if (channels < from || (channels - from) % 2 !== 0) {
    throw new UserError(
      `layer ${name}: shortcut A adds an even number of channels, got ${from} → ${channels}. Choose other widths or shortcut B.`,
    );
  }
  const output = [Math.ceil(height / stride), Math.ceil(width / stride), channels];
  return layer(name, { kind: 'subsample-pad', stride, channels }, [x], output);
}

/** Any shape → [the product of its extents], row by row. */
export function flatten(name: string, x: Layer): Layer {
  return layer(name, { kind: 'flatten' }, [x], [sizeOf(x.output)]);
}

/** Of a layer in which each unit sees all inputs. */
export interface DenseOptions {
  units: number;
  /** True: from 0. A number: from that. */
  bias?: boolean | number;
  init?: Initialiser;
}

/** [inputs] → [units]. Throws a `UserError` if `x` is an image: flatten or pool first. */
export function dense(name: string, x: Layer, { units, bias = true, init = HE }: DenseOptions): Layer {
  requireVector(name, x);
  return layer(name, { kind: 'dense', units, bias: initialBias(bias), init }, [x], [units]);
}

/** LeCun et al. 1998, eq. 7: the negative squared distance to each unit's fixed code. */
export function rbf(name: string, x: Layer, codes: readonly (readonly number[])[]): Layer {
  requireVector(name, x);
  const [inputs] = x.output;
  if (!codes.every(code => code.length === inputs))
    throw new UserError(`layer ${name}: expected codes of ${inputs} values, as many as its inputs.`);
  return layer(name, { kind: 'rbf', codes }, [x], [codes.length]);
}

/** The layer with the variables of another one, of the same kind and shapes, in place of its own. */
export function withParametersOf(owner: string, layer: Layer): Layer {
  return { ...layer, parametersOf: owner };
}

function layer(name: string, op: Op, inputs: readonly Layer[], output: Shape): Layer {
  return { name, op, inputs, output };
}

function initialBias(bias: boolean | number = false): number | null {
  return bias === false ? null : Number(bias === true ? 0 : bias);
}
