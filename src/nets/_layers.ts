/** Constructors of layers: each infers its output's shape, and refuses inputs that do not fit. */
import { UserError } from '../core/errors.ts';
import type { Initialiser, Layer, Op, Padding, Shape } from '../core/net.ts';

/** He et al. 2015b, eq. 10: normal with variance 2 / fan-in, for layers that a ReLU follows. */
const HE: Initialiser = { kind: 'he-fan-in' };

export function input(shape: Shape): Layer {
  return layer('input', { kind: 'input' }, [], shape);
}

export interface ConvOptions {
  filters: number;
  kernel: number | readonly [number, number];
  stride?: number;
  /** Pixels on each side, or TensorFlow's words. Default: half the kernel, as the papers pad. */
  padding?: Padding;
  bias?: boolean;
  init?: Initialiser;
}

export function conv(name: string, x: Layer, options: ConvOptions): Layer {
  const { filters, stride = 1, bias = false, init = HE } = options;
  const kernel = typeof options.kernel === 'number' ? ([options.kernel, options.kernel] as const) : options.kernel;
  const padding = options.padding ?? (kernel[0] === kernel[1] ? (kernel[0] - 1) / 2 : 'same');
  const [height, width] = imageShape(name, x);
  const output = [
    slidingOutput(name, height, kernel[0], stride, padding),
    slidingOutput(name, width, kernel[1], stride, padding),
    filters,
  ];
  return layer(name, { kind: 'conv', filters, kernel, stride, padding, bias, init }, [x], output);
}

/** Ioffe & Szegedy 2015. `momentum` is the share of the old moving statistics that a step keeps. */
export function batchNorm(name: string, x: Layer, { epsilon = 1e-5, momentum = 0.9 } = {}): Layer {
  return layer(name, { kind: 'batch-norm', epsilon, momentum }, [x], x.output);
}

export function relu(name: string, x: Layer): Layer {
  return layer(name, { kind: 'relu' }, [x], x.output);
}

export function add(name: string, a: Layer, b: Layer): Layer {
  if (a.output.join() !== b.output.join()) {
    throw new UserError(`layer ${name}: expected two inputs of one shape, got [${a.output}] and [${b.output}].`);
  }
  return layer(name, { kind: 'add' }, [a, b], a.output);
}

export interface PoolOptions {
  type: 'max' | 'average';
  size: number;
  stride: number;
  padding?: Padding;
}

export function pool(name: string, x: Layer, { type, size, stride, padding = 'valid' }: PoolOptions): Layer {
  const [height, width, channels] = imageShape(name, x);
  const output = [
    slidingOutput(name, height, size, stride, padding),
    slidingOutput(name, width, size, stride, padding),
    channels,
  ];
  return layer(name, { kind: 'pool', type, size, stride, padding }, [x], output);
}

/** Lin et al. 2013: the mean of each feature map. */
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

export interface DenseOptions {
  units: number;
  bias?: boolean;
  init?: Initialiser;
}

export function dense(name: string, x: Layer, { units, bias = true, init = HE }: DenseOptions): Layer {
  if (x.output.length !== 1)
    throw new UserError(`layer ${name}: expected a vector, got [${x.output}]. Flatten or pool first.`);
  return layer(name, { kind: 'dense', units, bias, init }, [x], [units]);
}

function layer(name: string, op: Op, inputs: readonly Layer[], output: Shape): Layer {
  return { name, op, inputs, output };
}

function imageShape(name: string, x: Layer): readonly [number, number, number] {
  const [height, width, channels] = x.output;
  if (height === undefined || width === undefined || channels === undefined) {
    throw new UserError(`layer ${name}: expected [height, width, channels], got [${x.output}].`);
  }
  return [height, width, channels];
}

/** Positions of a window of `size` that moves by `stride` (Dumoulin & Visin 2016, relations 6 and 8). */
function slidingOutput(name: string, extent: number, size: number, stride: number, padding: Padding): number {
  if (padding === 'same') return Math.ceil(extent / stride);
  const pixels = padding === 'valid' ? 0 : padding;
  const output = Math.floor((extent + 2 * pixels - size) / stride) + 1;
  if (output < 1) {
    throw new UserError(
      `layer ${name}: a window of ${size} does not fit into ${extent} pixels. Use a larger image or the small form.`,
    );
  }
  return output;
}
