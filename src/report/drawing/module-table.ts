/** Nets of inception modules as in table 1 of Szegedy et al. 2014: a row a layer or module, a column for each kind of branch. */
import type { Layer, NetDescription } from '../../core/net.ts';
import { outputOf } from './graph.ts';
import { branches, type Module, modulesOf, nameOf } from './modules.ts';
import type { Table } from './stage-table.ts';
import { branchesOf } from './summary.ts';
import { shortcutsOf, type Unit, unitsOf } from './units.ts';
import { formatShape } from './words.ts';

/** Of a row: what stands in the columns, and the layers that it counts. */
interface Row {
  type: string;
  patch: string;
  output: string;
  depth: string;
  filters: ReadonlyMap<string, string>;
  layers: readonly Layer[];
}

const POOL_COLUMN = 'pool proj';
const ONE_COLUMN = '#1×1';

/** Nothing for a net whose branches are not a 1×1, a reduced convolution, a doubled one or a pooling. */
export function moduleTable(net: NetDescription, sums: (layers: readonly Layer[]) => string[]): Table | undefined {
  const units = unitsOf(net).filter(unit => unit.head === null);
  const shortcuts = shortcutsOf(units);
  const modules = modulesOf(units).filter(module => branches(module, shortcuts));
  const ways = modules.map(module => branchesOf(module)?.map(describeWay));
  if (modules.length === 0 || shortcuts.length > 0 || ways.some(way => !way?.every(Boolean))) return undefined;
  const rows = rowsOf(units, modules);
  const kinds = columnsOf(rows);
  const lines = rows.map(({ type, patch, output, depth, filters, layers }) =>
    [type, patch, output, depth, ...kinds.map(kind => filters.get(kind) ?? ''), ...sums(layers)].map(cell => [cell]),
  );
  const head = ['type', 'patch/stride', 'output', 'depth'];
  return { title: net.name, columns: [...head, ...kinds, 'params', 'ops'], rows: lines };
}

/** 1×1 first and the pooling's last, as the papers have them. */
function columnsOf(rows: readonly Row[]): string[] {
  const found = [...new Set(rows.flatMap(({ filters }) => [...filters.keys()]))];
  const inner = found.filter(kind => kind !== ONE_COLUMN && kind !== POOL_COLUMN);
  return [ONE_COLUMN, ...inner, POOL_COLUMN].filter(kind => found.includes(kind));
}

function rowsOf(units: readonly Unit[], modules: readonly Module[]): Row[] {
  const rows: Row[] = [];
  for (let i = 0; i < units.length; i++) {
    const [unit, next] = [units[i] as Unit, units[i + 1]];
    const module = modules.find(one => one.units.includes(unit));
    if (module) {
      if (unit === module.units[0]) rows.push(moduleRow(module));
    } else if (next && isReduction(unit, next) && !modules.some(one => one.units.includes(next))) {
      rows.push(layerRow(next, unit));
      i++;
    } else if (unit.layers[0].op.kind !== 'input') rows.push(layerRow(unit));
  }
  return rows;
}

function moduleRow(module: Module): Row {
  const ways = branchesOf(module) ?? [];
  return {
    type: `inception (${module.name})`,
    patch: '',
    output: formatShape(outputOf(module.exit)),
    depth: String(Math.max(...ways.map(way => way.filter(unit => unit.layers[0].op.kind === 'conv').length))),
    filters: new Map(ways.flatMap(way => describeWay(way) ?? [])),
    layers: module.units.flatMap(unit => unit.layers),
  };
}

/** `reduction`: the 1×1 before it, which the paper counts to its row. */
function layerRow(unit: Unit, reduction?: Unit): Row {
  const { op } = unit.layers[0];
  const units = reduction ? [reduction, unit] : [unit];
  const size = op.kind === 'conv' ? op.kernel.join('×') : op.kind === 'pool' ? `${op.size}×${op.size}` : '';
  const weighty = units.filter(one => ['conv', 'dense'].includes(one.layers[0].op.kind));
  return {
    type: typeOf(unit),
    patch: size && 'stride' in op ? `${size}/${op.stride}` : '',
    output: formatShape(outputOf(unit)),
    depth: weighty.length === 0 ? '' : String(weighty.length),
    filters: new Map(reduction ? describeWay(units) : []),
    layers: units.flatMap(one => one.layers),
  };
}

function typeOf(unit: Unit): string {
  const { op } = unit.layers[0];
  if (op.kind === 'conv') return 'convolution';
  if (op.kind === 'pool') return `${op.type} pool`;
  if (op.kind === 'global-average-pool') return 'avg pool';
  return op.kind === 'dense' ? 'linear' : nameOf(unit);
}

function isReduction(unit: Unit, next: Unit): boolean {
  return kernelOf(unit) === '1×1' && !['', '1×1'].includes(kernelOf(next));
}

/** Column and filters of each layer of a branch; nothing if it is none of the four kinds. */
function describeWay(way: readonly Unit[]): (readonly [string, string])[] | undefined {
  const [first, ...rest] = way;
  if (!first) return undefined;
  const pool = first.layers[0].op;
  if (pool.kind === 'pool') return poolCell(pool.type, rest);
  const reduced = kernelOf(first) === '1×1' && rest.length > 0;
  const wide = reduced ? rest : way;
  const [kernel, second] = [kernelOf(wide[0] as Unit), wide[1]];
  const alike = wide.every(unit => kernelOf(unit) === kernel && filtersOf(unit) === filtersOf(wide[0] as Unit));
  if (!/^(\d+)×\1$/.test(kernel) || wide.length > 2 || !alike) return undefined;
  const name = `${second ? 'double ' : ''}#${kernel}`;
  const last = wide.at(-1) as Unit;
  return [
    ...(reduced ? [[`${name} reduce`, filtersOf(first)] as const] : []),
    [name, filtersOf(last) + strideOf(last)],
  ];
}

/** The filters behind it; the words that table 1 of Ioffe & Szegedy 2015 has for other cases. */
function poolCell(type: 'max' | 'average', rest: readonly Unit[]): (readonly [string, string])[] | undefined {
  const [projection] = rest;
  if (rest.length > 1 || (projection && kernelOf(projection) !== '1×1')) return undefined;
  if (!projection) return [[POOL_COLUMN, `${type === 'max' ? 'max' : 'avg'} + pass through`]];
  return [[POOL_COLUMN, `${type === 'max' ? '' : 'avg + '}${filtersOf(projection)}`]];
}

function kernelOf({ layers: [{ op }] }: Unit): string {
  return op.kind === 'conv' ? op.kernel.join('×') : '';
}

function filtersOf({ layers: [{ op }] }: Unit): string {
  return op.kind === 'conv' ? String(op.filters) : '';
}

function strideOf({ layers: [{ op }] }: Unit): string {
  return op.kind === 'conv' && op.stride > 1 ? `/${op.stride}` : '';
}
