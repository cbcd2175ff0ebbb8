import type { Layer, NetDescription, Shape } from '../core/net.ts';
import { parametersUsedBy, sizeOf } from '../core/parameters.ts';
import { sum } from '../core/sums.ts';

export interface LayerCount {
  name: string;
  kind: string;
  output: Shape;
  /** Trained parameters of its own: the moving statistics of batch normalisation are not counted. */
  parameters: number;
  /** Multiply-accumulates of convolutions and dense layers, for one image. */
  macs: number;
}

export interface NetCount {
  /** Without auxiliary heads. */
  parameters: number;
  parametersWithAuxiliary: number;
  macs: number;
  layers: LayerCount[];
}

export function countNet(net: NetDescription): NetCount {
  const layers = net.layers.map(countLayer);
  const parameters = sum(layers.map(layer => layer.parameters));
  const auxiliary = sum(net.auxiliary.flatMap(head => head.layers.map(layer => countLayer(layer).parameters)));
  return {
    parameters,
    parametersWithAuxiliary: parameters + auxiliary,
    macs: sum(layers.map(layer => layer.macs)),
    layers,
  };
}

export function countLayer(layer: Layer): LayerCount {
  const trained = parametersUsedBy(layer).filter(parameter => parameter.trained || parameter.selfOrganised);
  const unseen = valuesUnseen(layer);
  const owned = layer.parametersOf === undefined;
  const kernel = trained.find(parameter => parameter.role === 'kernel' || parameter.role === 'excitation');
  return {
    name: layer.name,
    kind: layer.op.kind,
    output: layer.output,
    parameters: owned ? sum(trained.map(parameter => sizeOf(parameter.shape))) - unseen : 0,
    macs: kernel ? positionsOf(layer) * (sizeOf(kernel.shape) - unseen) : 0,
  };
}

/** A kernel is applied once at each output position; a dense layer has one position. */
function positionsOf({ op, output }: Layer): number {
  return op.kind === 'conv' || op.kind === 's-cells' ? sizeOf(output.slice(0, 2)) : 1;
}

/** Values of a kernel with a connection table that no filter sees: they stay zero. */
function valuesUnseen({ op, inputs }: Layer): number {
  if (op.kind !== 'conv' || !op.connections) return 0;
  const channels = inputs[0]?.output.at(-1) as number;
  const seen = sum(op.connections.map(channel => channel.length));
  return op.kernel[0] * op.kernel[1] * (channels * op.filters - seen);
}
