import type { NetDefinition, PublishedError } from '../../core/net.ts';
import { unknownName } from '../../core/registry.ts';
import { allNets } from '../../nets/index.ts';
import { fitColumns, leftOut, type RankedColumn } from '../output/fit-columns.ts';
import { printJson } from '../output/json.ts';
import { formatTable } from '../output/table.ts';
import { formatCompact } from './format.ts';
import { type NetSummary, summariseNet } from './summary.ts';

export type SortKey = 'name' | 'family' | 'year' | 'depth' | 'parameters' | 'macs' | 'top5';

export async function listNets(asked: { family?: string; sort?: SortKey; json?: boolean }): Promise<void> {
  const definitions = ofFamily([...(await allNets()).values()], asked.family);
  const nets = definitions.map(summariseNet).sort(order(asked.sort ?? 'year'));
  if (asked.json) return printJson(nets);
  const { columns, left } = fitColumns(nets, COLUMNS);
  process.stdout.write(`${formatTable(nets, columns)}\n${leftOut(left)}${FOOTNOTE}`);
}

const COLUMNS: readonly RankedColumn<NetSummary>[] = [
  { title: 'net', rank: 0, text: net => net.name },
  { title: 'family', rank: 5, text: net => net.family },
  { title: 'year', rank: 2, align: 'right', text: net => String(net.year) },
  { title: 'depth', rank: 1, align: 'right', text: net => String(net.depth) },
  { title: 'parameters', rank: 0, align: 'right', text: net => formatCompact(net.parameters) },
  { title: 'MACs', rank: 0, align: 'right', text: net => formatCompact(net.macs) },
  { title: 'top-5', rank: 3, align: 'right', text: net => (net.top5 ? `${(100 * net.top5.error).toFixed(1)} %` : '') },
  { title: 'of', rank: 4, text: net => formatModels(net.top5) },
  { title: 'source', rank: 6, text: net => net.source },
];

const FOOTNOTE =
  "Depth: layers with weights on the longest way. MACs: for one image, in the paper's form. Top-5: published error;\n" +
  'figures of one model and of several, of val and of test, are not comparable. `bench nets show NET` says more.\n';

function ofFamily(definitions: NetDefinition[], family: string | undefined): NetDefinition[] {
  if (family === undefined) return definitions;
  const found = definitions.filter(net => net.family === family);
  if (found.length > 0) return found;
  throw unknownName('family of nets', family, [...new Set(definitions.map(net => net.family))]);
}

/** Equals stand as in the registry, family by family; nets without an error come last. */
function order(key: SortKey): (a: NetSummary, b: NetSummary) => number {
  if (key === 'name' || key === 'family') return (a, b) => a[key].localeCompare(b[key], 'en', { numeric: true });
  const value = (net: NetSummary): number => (key === 'top5' ? (net.top5?.error ?? 2) : net[key]);
  return (a, b) => value(a) - value(b);
}

function formatModels(top5: PublishedError | null): string {
  if (!top5) return '';
  const models = top5.models === 1 ? '1 model' : `${top5.models} models`;
  return `${models}, ${top5.set}${top5.extraData ? ', extra data' : ''}`;
}
