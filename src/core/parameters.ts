import type { Initialiser, Layer, NetDescription, Shape } from './net.ts';

/** One variable of a net. Names are `layer/role`, and equal names of two nets with equal shapes start with equal bits. */
export interface Parameter {
  name: string;
  layer: string;
  role:
    | 'kernel'
    | 'bias'
    | 'gamma'
    | 'beta'
    | 'moving-mean'
    | 'moving-variance'
    | 'coefficient'
    | 'codes'
    | 'excitation'
    | 'inhibition';
  shape: Shape;
  /** By gradients. Not so are fixed codes, and what the step moves: statistics of batch normalisation, and S-cells. */
  trained: boolean;
  /** Learnt without gradients: it counts as a parameter. */
  selfOrganised?: true;
  init: Initialiser;
}

/** Enough to tell planes apart before they have learnt anything. */
const FAINT: Initialiser = { kind: 'uniform', minimum: 0, maximum: 1e-6 };

/** The layer's own: none if it uses those of another layer. */
export function parametersOf(layer: Layer): Parameter[] {
  return layer.parametersOf === undefined ? parametersUsedBy(layer) : [];
}

/** Its own, or those of the layer that it shares them with, by their owner's name. */
export function parametersUsedBy(layer: Layer): Parameter[] {
  const { op } = layer;
  const owner = layer.parametersOf ?? layer.name;
  const channels = lastDimension(layer.inputs[0]?.output ?? layer.output);
  const parameter = (role: Parameter['role'], shape: Shape, init: Parameter['init'], trained = true): Parameter => ({
    name: `${owner}/${role}`,
    layer: owner,
    role,
    shape,
    trained,
    init,
  });

  switch (op.kind) {
    case 'conv':
      return [
        parameter('kernel', [...op.kernel, channels / op.groups, op.filters], op.init),
        ...(op.bias === null ? [] : [parameter('bias', [op.filters], constant(op.bias))]),
      ];
    case 'dense':
      return [
        parameter('kernel', [channels, op.units], op.init),
        ...(op.bias === null ? [] : [parameter('bias', [op.units], constant(op.bias))]),
      ];
    case 'batch-norm':
      return [
        ...(op.scale ? [parameter('gamma', [channels], constant(1))] : []),
        parameter('beta', [channels], constant(0)),
        parameter('moving-mean', [channels], constant(0), false),
        parameter('moving-variance', [channels], constant(1), false),
      ];
    case 'affine':
      return [parameter('coefficient', [channels], constant(1)), parameter('bias', [channels], constant(0))];
    case 's-cells':
      return [
        { ...parameter('excitation', [op.size, op.size, channels, op.planes], FAINT, false), selfOrganised: true },
        { ...parameter('inhibition', [op.planes], constant(0), false), selfOrganised: true },
      ];
    case 'rbf':
      return [parameter('codes', [op.codes.length, channels], { kind: 'values', values: op.codes }, false)];
    default:
      return [];
  }
}

/** Those of auxiliary heads come last. */
export function netParameters(net: NetDescription): Parameter[] {
  return [net, ...net.auxiliary].flatMap(part => part.layers.flatMap(parametersOf));
}

/** Number of values in a tensor of this shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, dimension) => product * dimension, 1);
}

function constant(value: number): Initialiser {
  return { kind: 'constant', value };
}

function lastDimension(shape: Shape): number {
  return shape[shape.length - 1] ?? 1;
}
