/** What is drawn: boxes, the lines between them, and shortcuts beside them. */
import type { Layer, Shape } from '../../core/net.ts';
import { nameOf } from './modules.ts';
import type { Shortcut, Unit } from './units.ts';
import { describeFollower, describeOp, describeTower } from './words.ts';

export interface Box {
  id: string;
  kind: 'input' | 'layer' | 'join' | 'module';
  name: string;
  /** What it does. Towers are the equal parts of a grouped convolution, drawn beside one another. */
  words: string;
  towers: 1 | 2;
  /** What only follows it: "BN, ReLU". */
  after: string;
  output: Shape;
  /** All that it stands for; of repeated modules, the first one's. */
  layers: readonly Layer[];
  /** Ids of the boxes that it reads, shortcuts apart. */
  inputs: readonly string[];
  /** Number of the auxiliary head that it belongs to; null in the net itself. */
  head: number | null;
  /** How many equal modules in a row it stands for. */
  times: number;
  /** Of a folded module. */
  inside: Graph | null;
}

export interface Arc {
  from: string;
  to: string;
  /** What the shortcut does to the dimensions; '' for the identity. */
  words: string;
  layers: readonly Layer[];
}

export interface Graph {
  boxes: readonly Box[];
  arcs: readonly Arc[];
}

/** Which box stands for a unit. */
export type BoxIds = ReadonlyMap<Unit, string>;

const TOWERS = 2;
const JOINS = ['add', 'concat', 'gate'];

/** `shortcut` ends at this unit: it is an arc, and none of the box's inputs. */
export function boxOf(unit: Unit, ids: BoxIds, name: string, shortcut: Shortcut | undefined): Box {
  const [first, ...followers] = unit.layers;
  const passing = shortcut?.change ?? shortcut?.from;
  const towers = first.op.kind === 'conv' && first.op.groups === TOWERS ? TOWERS : 1;
  return {
    id: nameOf(unit),
    kind: first.op.kind === 'input' ? 'input' : JOINS.includes(first.op.kind) ? 'join' : 'layer',
    name,
    words: towers === TOWERS ? describeTower(first) : describeOp(first),
    towers,
    after: followers.map(({ op }) => describeFollower(op)).join(', '),
    output: outputOf(unit),
    layers: unit.layers,
    inputs: unit.inputs.filter(input => input !== passing).map(input => ids.get(input) as string),
    head: unit.head,
    times: 1,
    inside: null,
  };
}

export function arcOf({ from, to, change }: Shortcut, ids: BoxIds): Arc {
  const words = change ? describeOp(change.layers[0]) : '';
  return { from: ids.get(from) as string, to: nameOf(to), words, layers: change?.layers ?? [] };
}

/** Of the last layer, but a flattened image is still shown as an image. */
export function outputOf({ layers }: Unit): Shape {
  const shown = layers.filter(({ op }, i) => i === 0 || op.kind !== 'flatten').at(-1) as Layer;
  return shown.output;
}

/** A layer's name without a last part that only repeats its kind, if no other layer would have the same. */
export function shortNames(units: readonly Unit[], dropped = ''): Map<Unit, string> {
  const short = new Map(units.map(unit => [unit, withoutKind(unit)]));
  const taken = [...short.values()];
  const unique = new Set(taken.filter((name, i) => taken.lastIndexOf(name) === i && taken.indexOf(name) === i));
  return new Map(
    units.map(unit => {
      const name = short.get(unit) as string;
      const kept = unique.has(name) ? name : nameOf(unit);
      return [unit, kept.startsWith(`${dropped}.`) ? kept.slice(dropped.length + 1) : kept];
    }),
  );
}

function withoutKind(unit: Unit): string {
  const { name, op } = unit.layers[0];
  const parts = name.split('.');
  const last = parts.at(-1) as string;
  const repeats = op.kind.includes(last) && !JOINS.includes(op.kind);
  return parts.length > 1 && repeats ? parts.slice(0, -1).join('.') : name;
}
