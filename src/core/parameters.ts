import type { Initialiser, Layer, NetDescription, Shape } from './net.ts';

/** One variable of a net. Names are `layer/role`, and equal names of two nets with equal shapes start with equal bits. */
export interface Parameter {
  name: string;
  layer: string;
  role: 'kernel' | 'bias' | 'gamma' | 'beta' | 'moving-mean' | 'moving-variance';
  shape: Shape;
  /** False for the moving statistics of batch normalisation: the step updates them, no gradient does. */
  trained: boolean;
  init: Initialiser | { kind: 'zeros' } | { kind: 'ones' };
}

const ZEROS = { kind: 'zeros' } as const;
const ONES = { kind: 'ones' } as const;

export function parametersOf(layer: Layer): Parameter[] {
  const { op } = layer;
  const channels = lastDimension(layer.inputs[0]?.output ?? layer.output);
  const parameter = (role: Parameter['role'], shape: Shape, init: Parameter['init'], trained = true): Parameter => ({
    name: `${layer.name}/${role}`,
    layer: layer.name,
    role,
    shape,
    trained,
    init,
  });

  switch (op.kind) {
    case 'conv':
      return [
        parameter('kernel', [...op.kernel, channels, op.filters], op.init),
        ...(op.bias ? [parameter('bias', [op.filters], ZEROS)] : []),
      ];
    case 'dense':
      return [
        parameter('kernel', [channels, op.units], op.init),
        ...(op.bias ? [parameter('bias', [op.units], ZEROS)] : []),
      ];
    case 'batch-norm':
      return [
        parameter('gamma', [channels], ONES),
        parameter('beta', [channels], ZEROS),
        parameter('moving-mean', [channels], ZEROS, false),
        parameter('moving-variance', [channels], ONES, false),
      ];
    default:
      return [];
  }
}

export function netParameters(net: NetDescription): Parameter[] {
  return net.layers.flatMap(parametersOf);
}

/** Number of values in a tensor of this shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, dimension) => product * dimension, 1);
}

function lastDimension(shape: Shape): number {
  return shape[shape.length - 1] ?? 1;
}
