/** What tests of nets ask again and again. */
import type { Json } from '../../src/core/ids.ts';
import type { NetInput } from '../../src/core/net.ts';
import { countNet, findNet } from '../../src/nets/index.ts';

export const SMALL_INPUTS: NetInput[] = [
  { shape: [28, 28, 1], classes: 10 },
  { shape: [32, 32, 3], classes: 10 },
];

export async function countOf(name: string, options: Record<string, Json> = {}, input?: NetInput) {
  const { parameters, macs } = countNet(await findNet(name, options, input));
  return { parameters, macs };
}

/** Output shapes of these layers, in the order asked for. */
export async function shapesOf(name: string, layers: readonly string[], options: Record<string, Json> = {}) {
  const net = await findNet(name, options);
  return layers.map(layer => net.layers.find(one => one.name === layer)?.output.join('×'));
}

/** "conv1 conv1.relu …": what a net has, in order. */
export async function layerNames(name: string, options: Record<string, Json> = {}, input?: NetInput) {
  return (await findNet(name, options, input)).layers.map(layer => layer.name).join(' ');
}
