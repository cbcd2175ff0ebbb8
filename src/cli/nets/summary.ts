import type { NetDefinition } from '../../core/net.ts';
import { countNet, depthOf, describeNet } from '../../nets/index.ts';
import type { HistoryNet } from '../../report/history/index.ts';

/** What a list says of a net, counted in its paper's form. */
export type NetSummary = Omit<HistoryNet, 'experiments' | 'drawing'>;

export function summariseNet(net: NetDefinition): NetSummary {
  const { name, family, year, source, published } = net;
  const description = describeNet(net);
  const { parameters, macs } = countNet(description);
  return { name, family, year, depth: depthOf(description), parameters, macs, top5: published?.top5 ?? null, source };
}
