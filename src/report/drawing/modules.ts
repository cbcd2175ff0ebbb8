/**
 * Modules: layers that share the first parts of their dotted names, have one way in and one way out, and follow one
 * another. `stage1.unit2.…` is one because the parts of `stage1` are a chain; the branches of `3a.…` are not.
 */
import type { Shortcut, Unit } from './units.ts';

export interface Module {
  /** What the names of its layers begin with. */
  name: string;
  units: readonly Unit[];
  entry: Unit;
  exit: Unit;
}

export const nameOf = (unit: Unit): string => unit.layers[0].name;

/** Of the net itself, not of its auxiliary heads, in topological order. */
export function modulesOf(units: readonly Unit[]): Module[] {
  const read = readersOf(units);
  const main = units.filter(unit => unit.head === null);
  return [...groupBy(main, unit => prefix(unit, 1))].flatMap(([name, members]) => split(name, members, 1, read));
}

/** Something in it lies side by side, shortcuts apart. */
export function branches(module: Module, shortcuts: readonly Shortcut[]): boolean {
  return module.units.some(unit => {
    const passing = shortcuts.find(({ to }) => to === unit);
    return unit.inputs.filter(input => input !== (passing?.change ?? passing?.from)).length > 1;
  });
}

type Readers = ReadonlyMap<Unit, readonly Unit[]>;

function split(name: string, members: readonly Unit[], depth: number, read: Readers): Module[] {
  const whole = moduleFrom(name, members, read);
  if (!whole) return [];
  const children = [...groupBy(members, unit => prefix(unit, depth + 1))];
  const parts = children.map(([child, own]) => moduleFrom(child, own, read));
  if (children.length < 2 || !parts.every((part, i) => part && followsOn(part, parts[i - 1]))) return [whole];
  return children.flatMap(([child, own]) => split(child, own, depth + 1, read));
}

/** Nothing unless it has several layers, one way in and one way out. */
function moduleFrom(name: string, units: readonly Unit[], read: Readers): Module | undefined {
  const inside = new Set(units);
  const entries = new Set(units.flatMap(unit => unit.inputs.filter(input => !inside.has(input))));
  const exits = units.filter(unit => {
    const readers = read.get(unit) ?? [];
    return readers.length === 0 || readers.some(reader => !inside.has(reader));
  });
  const [[entry], [exit]] = [[...entries], exits];
  if (units.length < 2 || entries.size !== 1 || exits.length !== 1 || !entry || !exit) return undefined;
  return { name, units, entry, exit };
}

function followsOn(part: Module, before: Module | undefined): boolean {
  return before === undefined || part.entry === before.exit;
}

function readersOf(units: readonly Unit[]): Readers {
  const readers = new Map<Unit, Unit[]>();
  for (const unit of units) for (const input of unit.inputs) readers.set(input, [...(readers.get(input) ?? []), unit]);
  return readers;
}

function prefix(unit: Unit, parts: number): string {
  return nameOf(unit).split('.').slice(0, parts).join('.');
}

function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}
