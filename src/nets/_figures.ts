/** What the literature counts beside parameters and MACs: depth, connections, neurons, receptive fields. */
import type { Layer, NetDescription } from '../core/net.ts';
import { parametersUsedBy, sizeOf } from '../core/parameters.ts';
import { countLayer } from './_count.ts';

export interface LayerFigures {
  layer: Layer;
  parameters: number;
  macs: number;
  /** Inputs of all its units, biases among them; poolings count only below a trained coefficient (LeNet-5). */
  connections: number;
  /** Units of convolutions, dense layers and their like, at every position. */
  neurons: number;
  /** Pixels of the image that one unit depends on, [height, width]; it may exceed the image. */
  receptiveField: readonly [number, number] | 'all';
}

/** One of each layer, in topological order. */
export function figuresOf(net: NetDescription): LayerFigures[] {
  const fields = receptiveFields(net);
  return net.layers.map(layer => {
    const { parameters, macs } = countLayer(layer);
    const connections = connectionsOf(layer, macs);
    const neurons = hasUnits(layer) ? sizeOf(layer.output) : 0;
    return { layer, parameters, macs, connections, neurons, receptiveField: fields.get(layer)?.reach ?? 'all' };
  });
}

/** Layers with weights on the longest way from the image to the logits: what papers call depth. */
export function depthOf(net: NetDescription): number {
  const depths = new Map<Layer, number>();
  for (const layer of net.layers) {
    let depth = 0;
    for (const input of layer.inputs) depth = Math.max(depth, depths.get(input) ?? 0);
    depths.set(layer, depth + (hasWeights(layer) ? 1 : 0));
  }
  return depths.get(net.layers.at(-1) as Layer) ?? 0;
}

function hasWeights({ op }: Layer): boolean {
  return op.kind === 'conv' || op.kind === 's-cells' || op.kind === 'dense' || op.kind === 'rbf';
}

function hasUnits(layer: Layer): boolean {
  return hasWeights(layer) || layer.op.kind === 'affine' || layer.op.kind === 'c-cells';
}

/** Each weight is used once at each position, as is each bias. */
function connectionsOf(layer: Layer, macs: number): number {
  const units = sizeOf(layer.output);
  if (layer.op.kind === 'affine') return units * (1 + windowOf(layer.inputs[0]));
  if (layer.op.kind === 'rbf') return units * sizeOf(layer.inputs[0]?.output ?? []);
  return macs + (parametersUsedBy(layer).some(parameter => parameter.role === 'bias') ? units : 0);
}

function windowOf(layer: Layer | undefined): number {
  return layer?.op.kind === 'pool' ? layer.op.size ** 2 : 1;
}

interface Field {
  reach: readonly [number, number];
  /** Pixels between neighbouring units. */
  jump: number;
}

/** Araujo, Norris & Sim 2019, eq. 2. Layers that see the whole image at once are left out. */
function receptiveFields(net: NetDescription): Map<Layer, Field> {
  const fields = new Map<Layer, Field>();
  for (const layer of net.layers) {
    const below = layer.inputs.map(input => fields.get(input));
    const field =
      layer.output.length === 3
        ? fieldOf(
            layer,
            below.filter(one => one !== undefined),
          )
        : undefined;
    if (field) fields.set(layer, field);
  }
  return fields;
}

function fieldOf(layer: Layer, below: readonly Field[]): Field {
  const jump = Math.max(1, ...below.map(field => field.jump));
  const [size, stride] = slideOf(layer);
  const reach = ([0, 1] as const).map(side => {
    const widest = Math.max(1, ...below.map(field => field.reach[side]));
    return widest + (size[side] - 1) * jump;
  });
  return { reach: reach as [number, number], jump: jump * stride };
}

function slideOf({ op }: Layer): readonly [size: readonly [number, number], stride: number] {
  if (op.kind === 'conv') return [op.kernel.map(size => op.dilation * (size - 1) + 1) as [number, number], op.stride];
  if (op.kind === 'pool' || op.kind === 'c-cells') return [[op.size, op.size], op.stride];
  if (op.kind === 's-cells') return [[op.size, op.size], 1];
  return [[1, 1], op.kind === 'subsample-pad' ? op.stride : 1];
}
