/** The counts that claims speak of. */
import type { CountedClaim, NetCount } from '../core/counted-claim.ts';
import { UserError } from '../core/errors.ts';
import type { NetDescription } from '../core/net.ts';
import { countNet, type LayerCount } from './_count.ts';

type Find = (name: string, options: NetCount['options']) => Promise<NetDescription>;

/** The claim's count, or its quotient. */
export async function claimedCount({ count, over }: CountedClaim, find: Find): Promise<number> {
  const counted = await countOf(count, find);
  return over === undefined ? counted : counted / (await countOf(over, find));
}

async function countOf({ net, options, count, layers, take = 'sum' }: NetCount, find: Find): Promise<number> {
  const counted = countNet(await find(net, options));
  if (layers === undefined && count !== 'filters') return counted[count];
  const asked = [layers ?? []].flat();
  const values = counted.layers
    .filter(layer => asked.some(one => isMeant(layer, one)))
    .map(layer => countedIn(layer, count));
  if (values.length === 0) {
    const kinds = [...new Set(counted.layers.map(layer => layer.kind))].join(', ');
    throw new UserError(`count of ${net}: layers: expected names, or kinds among ${kinds}, got "${asked.join(', ')}".`);
  }
  return take === 'largest' ? Math.max(...values) : values.reduce((sum, value) => sum + value, 0);
}

const isMeant = ({ name, kind }: LayerCount, asked: string): boolean =>
  asked.endsWith('*') ? name.startsWith(asked.slice(0, -1)) : [name, kind].includes(asked);

const countedIn = (layer: LayerCount, count: NetCount['count']): number =>
  count === 'filters' ? (layer.output.at(-1) as number) : layer[count];
