import type { NetDescription } from '../../core/net.ts';
import { countNet, depthOf, figuresOf } from '../../nets/index.ts';
import { fitColumns, leftOut, type RankedColumn } from '../output/fit-columns.ts';
import { printJson } from '../output/json.ts';
import { formatTable } from '../output/table.ts';
import type { AskedNet } from './asked.ts';
import { formatCompact, formatCount, formatShape, formatShare } from './format.ts';
import { publishedLines } from './published.ts';
import { type NetRow, netRows } from './rows.ts';

export function showNet(net: AskedNet, { all = false, json = false }: { all?: boolean; json?: boolean }): void {
  if (json) printJson(netJson(net));
  else process.stdout.write(`${head(net)}\n${table(net.description, all)}\n${totals(net)}`);
}

function netJson({ definition, description }: AskedNet): object {
  const { parameters, parametersWithAuxiliary, macs, layers } = countNet(description);
  const published = definition.published;
  return {
    name: description.name,
    options: description.options,
    parameters,
    parametersWithAuxiliary,
    macs,
    layers,
    published: {
      parameters: published?.parameters ?? null,
      macs: published?.macs ?? null,
      source: published?.source ?? null,
    },
  };
}

function head({ definition, description }: AskedNet): string {
  const { name, input, classes, options } = description;
  const words = Object.entries(options).map(([key, value]) => `${key}=${Array.isArray(value) ? value : String(value)}`);
  const title = `${name} (${definition.year}) · ${definition.source}\n`;
  return `${title}${hanging('input', `${formatShape(input)}, ${classes} classes`)}${hanging('options', words.join(' '))}`;
}

function table(net: NetDescription, all: boolean): string {
  const rows = netRows(figuresOf(net), all);
  const whole = countNet(net);
  const { columns, left } = fitColumns(rows, columnsOf(whole));
  return `${formatTable(rows, columns)}${leftOut(left)}`;
}

function columnsOf(whole: { parameters: number; macs: number }): RankedColumn<NetRow>[] {
  const number = (value: number, format: (value: number) => string): string => (value === 0 ? '' : format(value));
  return [
    { title: 'layer', rank: 0, text: row => row.name },
    { title: 'kind', rank: 6, text: row => row.kind },
    { title: 'kernel', rank: 1, text: row => row.kernel },
    { title: 'stride', rank: 5, align: 'right', text: row => row.stride },
    { title: 'output', rank: 0, align: 'right', text: row => formatShape(row.output) },
    { title: 'then', rank: 4, text: row => row.followers },
    { title: 'parameters', rank: 0, align: 'right', text: row => number(row.parameters, formatCount) },
    { title: '%', rank: 2, align: 'right', text: row => formatShare(row.parameters, whole.parameters) },
    { title: 'MACs', rank: 0, align: 'right', text: row => number(row.macs, formatCompact) },
    { title: '%', rank: 2, align: 'right', text: row => formatShare(row.macs, whole.macs) },
    { title: 'connections', rank: 9, align: 'right', text: row => number(row.connections, formatCompact) },
    { title: 'neurons', rank: 8, align: 'right', text: row => number(row.neurons, formatCount) },
    { title: 'sees', rank: 7, align: 'right', text: formatField },
  ];
}

/** "195" pixels on each side, "7×1" where sides differ. */
function formatField({ receptiveField: field }: NetRow): string {
  if (field === 'all') return 'all';
  return field[0] === field[1] ? String(field[0]) : field.join('×');
}

function totals(net: AskedNet): string {
  const figures = figuresOf(net.description);
  const sum = (of: (one: (typeof figures)[number]) => number): number =>
    figures.reduce((total, one) => total + of(one), 0);
  const { parameters, parametersWithAuxiliary, macs } = countNet(net.description);
  const auxiliary = parametersWithAuxiliary - parameters;
  const lines = [
    ['depth', `${depthOf(net.description)} layers with weights on the longest way`],
    [
      'parameters',
      `${formatCount(parameters)}${auxiliary > 0 ? `, and ${formatCount(auxiliary)} in auxiliary heads` : ''}`,
    ],
    ['MACs', `${formatCount(macs)} for one image`],
    ['connections', `${formatCount(sum(one => one.connections))}, biases among them`],
    ['neurons', formatCount(sum(one => one.neurons))],
    ...publishedLines(net),
  ];
  return lines.map(([title, text]) => hanging(title as string, text as string)).join('');
}

const TITLE_WIDTH = 13;
const WIDEST = 120;

/** "title  text", the text in lines of at most the terminal's width. */
function hanging(title: string, text: string): string {
  const width = Math.min(process.stdout.columns ?? WIDEST, WIDEST);
  const lines = wrap(text, width - TITLE_WIDTH).join(`\n${' '.repeat(TITLE_WIDTH)}`);
  return `${title.padEnd(TITLE_WIDTH)}${lines}\n`;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
