import type { Layer, NetDescription, Shape } from '../core/net.ts';
import { parametersOf, sizeOf } from '../core/parameters.ts';

interface LayerCount {
  name: string;
  kind: string;
  output: Shape;
  /** Trained parameters: the moving statistics of batch normalisation are not counted. */
  parameters: number;
  /** Multiply-accumulates of convolutions and dense layers, for one image. */
  macs: number;
}

export interface NetCount {
  parameters: number;
  macs: number;
  layers: LayerCount[];
}

export function countNet(net: NetDescription): NetCount {
  const layers = net.layers.map(countLayer);
  return { parameters: sum(layers.map(layer => layer.parameters)), macs: sum(layers.map(layer => layer.macs)), layers };
}

function countLayer(layer: Layer): LayerCount {
  const trained = parametersOf(layer).filter(parameter => parameter.trained);
  const parameters = sum(trained.map(parameter => sizeOf(parameter.shape)));
  return { name: layer.name, kind: layer.op.kind, output: layer.output, parameters, macs: macsOf(layer) };
}

/** A kernel is applied once at each output position; a dense layer has one position. */
function macsOf(layer: Layer): number {
  const kernel = parametersOf(layer).find(parameter => parameter.role === 'kernel');
  if (!kernel) return 0;
  const positions = layer.op.kind === 'conv' ? sizeOf(layer.output.slice(0, 2)) : 1;
  return positions * sizeOf(kernel.shape);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
