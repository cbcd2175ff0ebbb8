/** Nets of the registry as the drawing gets them. */
import type { NetDescription } from '../../src/core/net.ts';
import { allNets, countLayer, countNet, depthOf, findNet } from '../../src/nets/index.ts';
import type { DrawnNet } from '../../src/report/drawing/draw.ts';

export async function drawnNet(name: string, options = {}): Promise<DrawnNet> {
  return drawnFrom(await findNet(name, options));
}

export async function allNames(): Promise<string[]> {
  return [...(await allNets()).keys()];
}

export function drawnFrom(description: NetDescription): DrawnNet {
  const { parameters, macs } = countNet(description);
  const said = { year: 2026, source: 'a paper', caption: 'some parameters', depth: depthOf(description) };
  return { title: description.name, description, ...said, parameters, macs, counts: countLayer };
}
