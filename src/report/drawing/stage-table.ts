/** Configurations as the papers print them: a row for each size of output, a column for each net. */
import type { Layer, NetDescription } from '../../core/net.ts';
import { HEAD, octaveOf } from './align.ts';
import { outputOf } from './graph.ts';
import { branches, type Module, modulesOf } from './modules.ts';
import { branchesOf } from './summary.ts';
import { type Shortcut, shortcutsOf, type Unit, unitsOf } from './units.ts';

export interface Table {
  title: string;
  columns: readonly string[];
  /** The lines of each cell; the first cell names the row. */
  rows: readonly (readonly (readonly string[])[])[];
}

interface Item {
  octave: number;
  size: string;
  words: string;
}

/** One table for all nets that read images of one shape. */
export function stageTables(nets: readonly NetDescription[]): { table: Table; nets: NetDescription[] }[] {
  const inputs = [...new Set(nets.map(({ input }) => input.join('×')))];
  return inputs.map(input => {
    const alike = nets.filter(net => net.input.join('×') === input);
    return { table: stageTable(`images of ${input}`, alike), nets: alike };
  });
}

function stageTable(title: string, nets: readonly NetDescription[]): Table {
  const items = nets.map(itemsOf);
  const octaves = [...new Set(items.flat().map(({ octave }) => octave))].sort((a, b) => a - b);
  const rows = octaves.map(octave => {
    const here = items.map(all => all.filter(item => item.octave === octave));
    const sizes = [...new Set(here.flat().map(({ size }) => size))];
    return [sizes, ...here.map(all => repeated(all.map(({ words }) => words)))];
  });
  return { title, columns: ['output', ...nets.map(({ name }) => name)], rows };
}

/** Modules and the layers that are in none, in order. */
function itemsOf(net: NetDescription): Item[] {
  const units = unitsOf(net).filter(unit => unit.head === null);
  const shortcuts = shortcutsOf(units);
  const passing = (module: Module): boolean => shortcuts.some(({ to }) => module.units.includes(to));
  const modules = modulesOf(units).filter(module => passing(module) || branches(module, shortcuts));
  return units.flatMap(unit => {
    const module = modules.find(one => one.units.includes(unit));
    if (module && unit !== module.units[0]) return [];
    const words = module ? moduleWords(module, shortcuts) : layerWords(unit);
    if (words === '') return [];
    const output = outputOf(module?.exit ?? unit);
    const octave = octaveOf(output, net.input);
    return { octave, size: octave === HEAD ? '1×1' : output.slice(0, 2).join('×'), words };
  });
}

/** "[3×3, 64; 3×3, 64]", with branches "[1×1, 64 | 1×1, 96; 3×3, 128]". Strides show in the sizes. */
function moduleWords(module: Module, shortcuts: readonly Shortcut[]): string {
  const changes = shortcuts.map(({ change }) => change);
  if (!branchesOf(module) && branches(module, shortcuts) && !hasGate(module)) return longWords(module);
  const ways = branchesOf(module) ?? [module.units.filter(unit => !changes.includes(unit))];
  const inWays = new Set(ways.flat());
  const after = branchesOf(module)
    ? module.units.filter(unit => !inWays.has(unit) && !isConcat(unit) && !changes.includes(unit))
    : [];
  return `[${[ways.map(chain).join(' | '), chain(after)].filter(Boolean).join(' → ')}]`;
}

/** What is side by side in a branch stands in parentheses. */
function chain(units: readonly Unit[]): string {
  const side = new Set(units.filter(isConcat).flatMap(unit => unit.inputs));
  return units
    .filter(unit => !side.has(unit))
    .map(unit => (isConcat(unit) ? `(${unit.inputs.map(innerWords).join(' | ')})` : innerWords(unit)))
    .filter(Boolean)
    .join('; ');
}

/** Of a module whose branches meet and part again. */
function longWords({ name, units }: Module): string {
  return `${name} of ${units.filter(unit => unit.layers[0].op.kind === 'conv').length} convolutions`;
}

function hasGate({ units }: Module): boolean {
  return units.some(unit => unit.layers[0].op.kind === 'gate');
}

function isConcat({ layers: [{ op }] }: Unit): boolean {
  return op.kind === 'concat';
}

function innerWords({ layers: [{ op }] }: Unit): string {
  if (op.kind === 'gate') return 'gated';
  if (op.kind === 'pool') return 'pool';
  return op.kind === 'conv' ? `${op.kernel.join('×')}, ${op.filters}` : op.kind === 'dense' ? `${op.units}-d fc` : '';
}

function layerWords({ layers }: Unit): string {
  const [{ op }, ...followers] = layers;
  const stride = 'stride' in op && op.stride > 1 ? `, stride ${op.stride}` : '';
  const more = followers.some(layer => layer.op.kind === 'lrn') ? ', LRN' : '';
  if (op.kind === 'conv') return `${op.kernel.join('×')}, ${op.filters}${groupWords(op.groups)}${stride}${more}`;
  if (op.kind === 'pool') return `${op.size}×${op.size} ${op.type} pool${stride}${more}`;
  return headWords(layers[0]);
}

function groupWords(groups: number): string {
  return groups === 1 ? '' : ` in ${groups} groups`;
}

function headWords({ op, output }: Layer): string {
  if (op.kind === 'global-average-pool') return 'global average pool';
  if (op.kind === 'dense') return `${op.units}-d fc`;
  if (op.kind === 's-cells') return `${op.size}×${op.size} S-cells, ${op.planes}`;
  if (op.kind === 'c-cells') return `${op.size}×${op.size} C-cells${op.stride > 1 ? `, stride ${op.stride}` : ''}`;
  return op.kind === 'rbf' ? `${output[0]} distances` : '';
}

/** Equal lines in a row become one with "× 3". */
function repeated(lines: readonly string[]): string[] {
  const runs: { line: string; times: number }[] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last?.line === line) last.times++;
    else runs.push({ line, times: 1 });
  }
  return runs.map(({ line, times }) => (times === 1 ? line : `${line} × ${times}`));
}
