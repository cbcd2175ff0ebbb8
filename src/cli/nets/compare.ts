import type { NetDescription } from '../../core/net.ts';
import { countNet, depthOf, figuresOf } from '../../nets/index.ts';
import { printJson } from '../output/json.ts';
import { formatTable } from '../output/table.ts';
import { align } from './align.ts';
import type { AskedNet } from './asked.ts';
import { formatDiff, isAlike, type Pair } from './diff.ts';
import { formatCount, formatShape } from './format.ts';
import { describeRow, netRows } from './rows.ts';

/** Layers of the same name that say the same are alike; the rest is what differs. */
export function compareNets(
  { description: a }: AskedNet,
  { description: b }: AskedNet,
  { all = false, json = false }: { all?: boolean; json?: boolean },
): void {
  const pairs = align(netRows(figuresOf(a), false), netRows(figuresOf(b), false), row => row.name);
  if (json) printJson({ a: summary(a), b: summary(b), layers: pairs.map(pairJson) });
  else process.stdout.write(`${totals(a, b)}\n${layers(pairs, all)}`);
}

function summary(net: NetDescription) {
  const { parameters, macs } = countNet(net);
  return { name: net.name, options: net.options, input: net.input, depth: depthOf(net), parameters, macs };
}

function pairJson({ a, b }: Pair): object {
  const change = isAlike({ a, b }) ? 'alike' : a && b ? 'changed' : a ? 'only-a' : 'only-b';
  return { change, name: (a ?? b)?.name, a: a ? describeRow(a) : null, b: b ? describeRow(b) : null };
}

function totals(a: NetDescription, b: NetDescription): string {
  const [one, other] = [summary(a), summary(b)];
  const row = (title: string, of: (net: typeof one) => number): string[] => [
    title,
    formatCount(of(one)),
    formatCount(of(other)),
    change(of(one), of(other)),
  ];
  const rows = [
    row('depth', net => net.depth),
    row('parameters', net => net.parameters),
    row('MACs', net => net.macs),
    ['input', formatShape(a.input), formatShape(b.input), ''],
    ...optionsThatDiffer(one.options, other.options),
  ];
  return formatTable(rows, [
    { title: '', text: cells => cells[0] as string },
    { title: a.name, align: 'right', text: cells => cells[1] as string },
    { title: b.name, align: 'right', text: cells => cells[2] as string },
    { title: '', align: 'right', text: cells => cells[3] as string },
  ]);
}

function change(from: number, to: number): string {
  if (from === to) return '=';
  const ratio = to / from;
  return ratio >= 2 || ratio <= 0.5
    ? `× ${ratio.toPrecision(3)}`
    : `${ratio > 1 ? '+' : '−'}${Math.abs(100 * (ratio - 1)).toFixed(1)} %`;
}

function optionsThatDiffer(a: NetDescription['options'], b: NetDescription['options']): string[][] {
  const text = (value: unknown): string => (value === undefined ? '-' : String(value));
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .map(name => [name, text(a[name]), text(b[name]), ''])
    .filter(([, one, other]) => one !== other);
}

function layers(pairs: readonly Pair[], all: boolean): string {
  const listed = all ? pairs : pairs.filter(pair => !isAlike(pair));
  const alike = pairs.filter(isAlike).length;
  const rest = all || alike === 0 ? '' : `${alike} layers are alike in both; --all shows them.\n`;
  return listed.length === 0 ? 'No layer differs.\n' : `${formatDiff(listed)}${rest}`;
}
