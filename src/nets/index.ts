import type { CountedClaim } from '../core/counted-claim.ts';
import { loadFolder, loadProjectFolder } from '../core/folder.ts';
import type { Json } from '../core/ids.ts';
import type { NetDefinition, NetDescription, NetInput } from '../core/net.ts';
import { pick } from '../core/registry.ts';
import { claimedCount } from './_claimed-count.ts';
import { describeNet } from './_describe.ts';

export { countLayer, countNet } from './_count.ts';
export { applyToWhole } from './_dense-to-conv.ts';
export { describeNet } from './_describe.ts';
export { depthOf, figuresOf, type LayerFigures } from './_figures.ts';
export { removableUnits, withoutUnit } from './_lesion.ts';

/** All nets by name. The folder is the registry: each of its files exports a family, and each of the project's nets/ too. */
export async function allNets(): Promise<Map<string, NetDefinition>> {
  return new Map([...(await registry())].map(([name, { net }]) => [name, net]));
}

/** The description of a net by name; the paper's input if none is given. Unknown names and options are one line. */
export async function findNet(
  name: string,
  options: Record<string, Json> = {},
  input?: NetInput,
): Promise<NetDescription> {
  return describeNet(pick('net', name, await registry()).net, options, input);
}

/** What a claim's count comes to, or its quotient. */
export const countForClaim = (claim: CountedClaim): Promise<number> => claimedCount(claim, findNet);

/** The module that defines a net. */
export async function netModule(name: string): Promise<URL> {
  return pick('net', name, await registry()).url;
}

async function registry(): Promise<Map<string, { net: NetDefinition; url: URL }>> {
  const ours = await loadFolder<Exported>(new URL('.', import.meta.url));
  const families = [...ours, ...(await loadProjectFolder<Exported>('net', isFamily))];
  return new Map(families.flatMap(({ url, value }) => netsIn(value).map(net => [net.name, { net, url }] as const)));
}

type Exported = NetDefinition | readonly NetDefinition[];

const netsIn = (value: Exported): readonly NetDefinition[] => [value].flat();

const isFamily = (value: Exported): boolean =>
  netsIn(value).every(net => typeof net?.name === 'string' && typeof net.build === 'function');
