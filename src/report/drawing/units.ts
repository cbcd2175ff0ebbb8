/** Layers with what only follows them: a convolution, its batch norm and its nonlinearity are one unit, as in figures. */
import type { Layer, NetDescription } from '../../core/net.ts';
import { describeFollower } from './words.ts';

export interface Unit {
  /** Place in topological order, auxiliary heads last. */
  index: number;
  layers: readonly [Layer, ...Layer[]];
  inputs: readonly Unit[];
  /** Number of the auxiliary head that it belongs to; null in the net itself. */
  head: number | null;
}

export interface Shortcut {
  from: Unit;
  to: Unit;
  /** The projection or padding on it; null for the identity. */
  change: Unit | null;
}

/** The units of a net and of its auxiliary heads. */
export function unitsOf(net: NetDescription): Unit[] {
  const parts = [net, ...net.auxiliary];
  const readers = countReaders(parts.flatMap(part => part.layers));
  const unitOf = new Map<Layer, Unit>();
  parts.forEach((part, number) => {
    for (const layer of part.layers) {
      const host = hostOf(layer, unitOf, readers);
      if (host) host.layers = [...host.layers, layer];
      unitOf.set(layer, host ?? newUnit(layer, unitOf, number === 0 ? null : number - 1));
    }
  });
  return [...new Set(unitOf.values())].map((unit, index) => Object.assign(unit, { index }));
}

/** The inputs of additions and gates that pass other layers by, at most one each. */
export function shortcutsOf(units: readonly Unit[]): Shortcut[] {
  const readers = countReaders(units);
  return units.flatMap(unit => shortcutTo(unit, readers) ?? []);
}

function countReaders<Node extends { inputs: readonly Node[] }>(nodes: readonly Node[]): Map<Node, number> {
  const readers = new Map<Node, number>();
  for (const node of nodes) for (const input of node.inputs) readers.set(input, (readers.get(input) ?? 0) + 1);
  return readers;
}

/** The unit that a layer only follows: nothing else reads what it does. */
function hostOf(layer: Layer, unitOf: ReadonlyMap<Layer, Unit>, readers: ReadonlyMap<Layer, number>): Unit | undefined {
  const [before] = layer.inputs;
  if (before === undefined || layer.inputs.length > 1 || describeFollower(layer.op) === '') return undefined;
  if (before.op.kind === 'input' && layer.op.kind !== 'flatten') return undefined;
  return readers.get(before) === 1 ? unitOf.get(before) : undefined;
}

function newUnit(layer: Layer, unitOf: ReadonlyMap<Layer, Unit>, head: number | null): Unit {
  return { index: unitOf.size, layers: [layer], inputs: layer.inputs.map(input => unitOf.get(input) as Unit), head };
}

function shortcutTo(unit: Unit, readers: ReadonlyMap<Unit, number>): Shortcut | undefined {
  if (!['add', 'gate'].includes(unit.layers[0].op.kind)) return undefined;
  const passes = (from: Unit, way: Unit): boolean =>
    unit.inputs.some(other => other !== way && other !== from && isAncestor(from, other));
  const identity = unit.inputs.find(input => passes(input, input));
  if (identity) return { from: identity, to: unit, change: null };
  const change = unit.inputs.find(
    input => readers.get(input) === 1 && isProjection(input) && passes(input.inputs[0] as Unit, input),
  );
  return change && { from: change.inputs[0] as Unit, to: unit, change };
}

function isProjection({ layers: [{ op }] }: Unit): boolean {
  return op.kind === 'subsample-pad' || (op.kind === 'conv' && op.kernel.every(side => side === 1));
}

/** Walks back from `unit`; what comes before `wanted` in topological order cannot depend on it. */
function isAncestor(wanted: Unit, unit: Unit): boolean {
  const seen = new Set<Unit>();
  const stack = [unit];
  for (let one = stack.pop(); one; one = stack.pop()) {
    if (one === wanted) return true;
    if (seen.has(one) || one.index < wanted.index) continue;
    seen.add(one);
    stack.push(...one.inputs);
  }
  return false;
}
