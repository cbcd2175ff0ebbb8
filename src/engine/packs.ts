/**
 * Variables of a net side by side in a few vectors. A step then reads, updates and assigns a handful of variables instead
 * of hundreds: with small nets the calls, not the sums, are what an update costs.
 */
import type { NetDescription } from '../core/net.ts';
import { netParameters, type Parameter, sizeOf } from '../core/parameters.ts';
import type { Tensor, TensorFlow } from './backend.ts';
import type { TensorsByName } from './program.ts';

/** *kernels* and *offsets* (biases, γ, β, coefficients) are trained, *statistics* move, *fixed* ones stay. */
const PACKS = ['kernels', 'offsets', 'statistics', 'fixed'] as const;
export type PackName = (typeof PACKS)[number];

export interface Pack {
  name: PackName;
  /** In the order of their values; at least one. */
  parameters: readonly Parameter[];
  /** Number of values. */
  size: number;
}

/** Those that the net has. */
export function packsOf(net: NetDescription): Pack[] {
  const parameters = netParameters(net);
  return PACKS.map(name => packOf(name, parameters)).filter(pack => pack.parameters.length > 0);
}

export const isTrained = ({ name }: Pack): boolean => name === 'kernels' || name === 'offsets';

/** One vector of a pack's values, given by parameter name. */
export function packValues({ parameters, size }: Pack, values: Record<string, Float32Array>): Float32Array {
  const packed = new Float32Array(size);
  let offset = 0;
  for (const { name, shape } of parameters) {
    packed.set(values[name] as Float32Array, offset);
    offset += sizeOf(shape);
  }
  return packed;
}

/** Views into a pack's vector, by parameter name. */
export function unpackValues({ parameters }: Pack, packed: Float32Array): Record<string, Float32Array> {
  let offset = 0;
  const views = parameters.map(({ name, shape }) => {
    const from = offset;
    offset += sizeOf(shape);
    return [name, packed.subarray(from, offset)] as const;
  });
  return Object.fromEntries(views);
}

/** A pack's vector as tensors of their shapes, by parameter name. */
export function splitPack(tf: TensorFlow, { parameters }: Pack, packed: Tensor): TensorsByName {
  const sizes = parameters.map(({ shape }) => sizeOf(shape));
  const parts = parameters.length === 1 ? [packed] : tf.split(packed, sizes);
  return Object.fromEntries(
    parameters.map(({ name, shape }, index) => [name, tf.reshape(parts[index] as Tensor, [...shape])]),
  );
}

/** The other way: tensors in the order of the pack. */
export function joinPack(tf: TensorFlow, tensors: readonly Tensor[]): Tensor {
  const flat = tensors.map(tensor => tf.reshape(tensor, [-1]));
  return flat.length === 1 ? (flat[0] as Tensor) : tf.concat(flat);
}

function packOf(name: PackName, all: readonly Parameter[]): Pack {
  const parameters = all.filter(parameter => placeOf(parameter) === name);
  return { name, parameters, size: parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0) };
}

function placeOf({ role, trained }: Parameter): PackName {
  if (trained) return role === 'kernel' ? 'kernels' : 'offsets';
  return role === 'codes' ? 'fixed' : 'statistics';
}
