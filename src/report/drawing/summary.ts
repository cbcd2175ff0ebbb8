/** What a folded module does, in one line: "1×1 | 3×3 | 5×5 | pool", with "x + (…)" around it if a shortcut passes it. */
import type { Layer } from '../../core/net.ts';
import type { Module } from './modules.ts';
import type { Shortcut, Unit } from './units.ts';
import { describeOp } from './words.ts';

export function describeModule(module: Module, shortcuts: readonly Shortcut[]): string {
  const passing = shortcuts.find(({ to }) => module.units.includes(to));
  if (passing?.to.layers[0].op.kind === 'gate') return describeOp(passing.to.layers[0]);
  const branch = branchesOf(module)?.map(describeWay).join(' | ') ?? describeChain(module, passing);
  return passing ? `x + (${branch})` : branch;
}

/** The units of each branch, in order; nothing if branches meet on their way, as they do where modules are in a row. */
export function branchesOf(module: Module): Unit[][] | undefined {
  const join = module.units.findLast(unit => unit.layers[0].op.kind === 'concat');
  if (!join) return undefined;
  const ways = join.inputs.map(input => wayTo(input, module));
  return new Set(ways.flat()).size === ways.flat().length ? ways : undefined;
}

function wayTo(end: Unit, { units }: Module): Unit[] {
  const way = new Set<Unit>();
  const stack = [end];
  for (let unit = stack.pop(); unit; unit = stack.pop()) {
    if (!units.includes(unit)) continue;
    way.add(unit);
    stack.push(...unit.inputs);
  }
  return units.filter(unit => way.has(unit));
}

/** Its kernels; 1×1 is worth a word only by itself. */
function describeWay(way: readonly Unit[]): string {
  const words = [...new Set(way.map(({ layers: [first] }) => windowWord(first)).filter(Boolean))];
  const wide = words.filter(word => word !== '1×1');
  return (wide.includes('pool') ? ['pool'] : wide.length > 0 ? wide : words).join(', ');
}

function windowWord({ op }: Layer): string {
  return op.kind === 'conv' ? op.kernel.join('×') : op.kind === 'pool' ? 'pool' : '';
}

/** Of a few layers the words, of many the number. */
function describeChain({ units }: Module, passing: Shortcut | undefined): string {
  const weighty = units.filter(unit => unit !== passing?.change && 'init' in unit.layers[0].op);
  if (weighty.length > 3) return `${weighty.length} layers`;
  return weighty.map(({ layers: [first] }) => describeOp(first).replace(' conv', '')).join(' → ');
}
