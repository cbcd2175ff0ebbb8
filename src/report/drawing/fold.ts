/** From a net's description to its graph of boxes: equal modules in a row are one box, as is a module with branches. */
import type { NetDescription } from '../../core/net.ts';
import { unknownName } from '../../core/registry.ts';
import { arcOf, type Box, boxOf, type Graph, outputOf, shortNames } from './graph.ts';
import { branches, type Module, modulesOf, nameOf } from './modules.ts';
import { describeModule } from './summary.ts';
import { type Shortcut, shortcutsOf, type Unit, unitsOf } from './units.ts';
import { describeFollower, describeOp } from './words.ts';

/** Above so many layers, equal modules in a row are drawn once even if a column would do. */
const MOST_LAYERS = 70;

interface Parts {
  units: readonly Unit[];
  shortcuts: readonly Shortcut[];
}

/** Equal modules that follow one another. */
type Run = readonly [Module, ...Module[]];

/** `unfold`: every layer has its box. */
export function graphOf(net: NetDescription, { unfold = false } = {}): Graph {
  const parts = partsOf(net);
  const large = parts.units.length - parts.shortcuts.length > MOST_LAYERS;
  const runs = unfold ? [] : runsOf(modulesOf(parts.units), parts);
  return build(
    parts,
    runs.filter(run => (large && run.length > 1) || branches(run[0], parts.shortcuts)),
  );
}

/** One module alone. An unknown name is one line with the known ones. */
export function blockOf(net: NetDescription, name: string): Graph {
  const parts = partsOf(net);
  const modules = modulesOf(parts.units);
  const module = modules.find(one => one.name === name);
  if (module) return inside(module, parts);
  throw unknownName(
    `block of ${net.name}`,
    name,
    modules.map(one => one.name),
  );
}

function partsOf(net: NetDescription): Parts {
  const units = unitsOf(net);
  return { units, shortcuts: shortcutsOf(units) };
}

function build({ units, shortcuts }: Parts, runs: readonly Run[], within = ''): Graph {
  const runOf = new Map(runs.flatMap(run => run.flatMap(module => module.units.map(unit => [unit, run] as const))));
  const ids = new Map(units.map(unit => [unit, runOf.get(unit)?.[0].name ?? nameOf(unit)]));
  const names = shortNames(units, within);
  const open = shortcuts.filter(({ to }) => !runOf.has(to) && ids.has(to));
  const onArcs = new Set(open.map(({ change }) => change));
  const boxes = units.flatMap(unit => {
    const run = runOf.get(unit);
    if (run) return unit === run[0].units[0] ? moduleBox(run, ids, { units, shortcuts }) : [];
    const passing = open.find(({ to }) => to === unit);
    return onArcs.has(unit) ? [] : boxOf(unit, ids, names.get(unit) as string, passing);
  });
  return { boxes, arcs: open.map(shortcut => arcOf(shortcut, ids)) };
}

function moduleBox(run: Run, ids: ReadonlyMap<Unit, string>, parts: Parts): Box {
  const [first] = run;
  const last = run.at(-1) as Module;
  return {
    id: first.name,
    kind: 'module',
    name: run.length === 1 ? first.name : `${first.name} – ${last.name.split('.').at(-1)}`,
    words: describeModule(first, parts.shortcuts),
    towers: 1,
    after: run.length === 1 ? '' : `× ${run.length}`,
    output: outputOf(last.exit),
    layers: first.units.flatMap(unit => unit.layers),
    inputs: [ids.get(first.entry) as string],
    head: null,
    times: run.length,
    inside: inside(first, parts),
  };
}

/** Its layers below a box that stands for what it reads. */
function inside(module: Module, { shortcuts }: Parts): Graph {
  const entry: Unit = { ...module.entry, inputs: [] };
  const units = [module.entry, ...module.units];
  const graph = build({ units: units.slice(1), shortcuts }, [], module.name);
  const id = nameOf(entry);
  const box = {
    ...boxOf(entry, new Map(), id, undefined),
    kind: 'input' as const,
    words: 'input',
    towers: 1 as const,
    after: '',
  };
  const boxes = graph.boxes.map(one => ({ ...one, inputs: one.inputs.map(input => input ?? id) }));
  return { boxes: [box, ...boxes], arcs: graph.arcs.map(arc => ({ ...arc, from: arc.from ?? id })) };
}

function runsOf(modules: readonly Module[], { units, shortcuts }: Parts): Run[] {
  const runs: [Module, ...Module[]][] = [];
  const signatures = new Map(modules.map(module => [module, signatureOf(module, shortcuts)]));
  for (const module of modules) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    const same = before && signatures.get(before) === signatures.get(module);
    if (run && before && same && module.entry === before.exit && isReadBy(before, module, units)) run.push(module);
    else runs.push([module]);
  }
  return runs;
}

/** By nothing else: no auxiliary head hangs there. */
function isReadBy({ exit }: Module, next: Module, units: readonly Unit[]): boolean {
  return units.every(unit => next.units.includes(unit) || !unit.inputs.includes(exit));
}

/** Equal for modules that are drawn alike. */
function signatureOf({ units, entry }: Module, shortcuts: readonly Shortcut[]): string {
  const place = (unit: Unit): number => units.indexOf(unit);
  const lines = units.map(unit => {
    const words = unit.layers.map(layer => describeFollower(layer.op) || describeOp(layer));
    const passing = shortcuts.some(({ to }) => to === unit);
    return [words, outputOf(unit), unit.inputs.map(place), passing];
  });
  return JSON.stringify([outputOf(entry), lines]);
}
