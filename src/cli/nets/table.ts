/** `bench nets table`: the configurations of a family, as its papers print them. */
import type { Layer, NetDescription } from '../../core/net.ts';
import { allNets, countLayer, countNet, depthOf } from '../../nets/index.ts';
import type { Table } from '../../report/drawing/stage-table.ts';
import { printJson } from '../output/json.ts';
import { formatTable } from '../output/table.ts';
import { type AskedOptions, askedNet } from './asked.ts';
import { writeDrawing } from './draw.ts';
import { formatCompact } from './format.ts';

/** `words` are families and nets; a net alone of inception modules has a table of its own kind. */
export async function tableNets(
  words: readonly string[],
  options: AskedOptions & { out?: string; json?: boolean },
): Promise<void> {
  const names = await expandFamilies(words);
  const nets = await Promise.all(names.map(async name => (await askedNet(name, options)).description));
  const tables = await tablesOf(nets);
  if (options.json) printJson(tables);
  else process.stdout.write(tables.map(table => `${table.title}\n${printed(table)}`).join('\n'));
  if (options.out === undefined) return;
  const { tablePage } = await import('../../report/drawing/table-page.ts');
  writeDrawing(options.out, tablePage(`Configurations: ${words.join(', ')}`, tables));
  process.stderr.write(`table: ${options.out}\n`);
}

async function expandFamilies(words: readonly string[]): Promise<string[]> {
  const all = [...(await allNets()).values()];
  return words.flatMap(word => {
    const family = all.filter(net => net.family === word).map(net => net.name);
    return family.length > 0 && !(family.length === 1 && family[0] === word) ? family : [word];
  });
}

async function tablesOf(nets: readonly NetDescription[]): Promise<Table[]> {
  const [{ moduleTable }, { stageTables }] = await Promise.all([
    import('../../report/drawing/module-table.ts'),
    import('../../report/drawing/stage-table.ts'),
  ]);
  const modular = nets.map(net => moduleTable(net, sums));
  const rest = nets.filter((_, i) => modular[i] === undefined);
  return [
    ...modular.filter(table => table !== undefined),
    ...stageTables(rest).map(({ table, nets: own }) => ({ ...table, rows: [...table.rows, ...figureRows(own)] })),
  ];
}

function sums(layers: readonly Layer[]): string[] {
  const counts = layers.map(countLayer);
  const sum = (of: 'parameters' | 'macs'): number => counts.reduce((total, count) => total + count[of], 0);
  return [sum('parameters'), sum('macs')].map(value => (value === 0 ? '' : formatCompact(value)));
}

function figureRows(nets: readonly NetDescription[]): string[][][] {
  const counts = nets.map(countNet);
  const row = (title: string, values: readonly string[]): string[][] => [title, ...values].map(value => [value]);
  return [
    row('depth', nets.map(depthOf).map(String)),
    row(
      'parameters',
      counts.map(count => formatCompact(count.parameters)),
    ),
    row(
      'MACs',
      counts.map(count => formatCompact(count.macs)),
    ),
  ];
}

/** A cell has a line for each layer; an empty line ends a row of several. */
function printed({ columns, rows }: Table): string {
  const lines = rows.flatMap(row => {
    const height = Math.max(...row.map(cell => cell.length));
    return Array.from({ length: height }, (_, line) => row.map(cell => cell[line] ?? ''));
  });
  return chunks(columns, lines)
    .map(shown => {
      const chosen = shown.map(i => ({ title: columns[i] ?? '', text: (line: string[]) => line[i] ?? '' }));
      return formatTable(lines, chosen);
    })
    .join('\n');
}

/** Columns that fit beside the first; what does not goes into another table below. */
function chunks(columns: readonly string[], lines: readonly (readonly string[])[]): number[][] {
  const room = process.stdout.columns ?? Infinity;
  const width = (i: number): number =>
    2 + Math.max(columns[i]?.length ?? 0, ...lines.map(line => line[i]?.length ?? 0));
  const found: number[][] = [];
  let left = -1;
  for (let i = 1; i < columns.length; i++) {
    if (left < width(i)) {
      found.push([0]);
      left = room - width(0);
    }
    found.at(-1)?.push(i);
    left -= width(i);
  }
  return found;
}
