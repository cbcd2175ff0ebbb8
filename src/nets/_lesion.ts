/**
 * Nets without one of their units: Veit, Wilber & Belongie, "Residual Networks Behave Like Ensembles of Relatively Shallow
 * Networks", 2016, §4.1. Of a residual unit the shortcut is left, of a plain one nothing: what follows sees what it saw.
 */
import type { Layer, NetDescription } from '../core/net.ts';

interface Unit {
  name: string;
  layers: ReadonlySet<Layer>;
  /** What it sees, and what it gives. */
  from: Layer;
  to: Layer;
}

/** Units that can be taken out: they hold a convolution, have one way in and one way out, and keep the shape. */
export function removableUnits(net: NetDescription): string[] {
  return unitsOf(net).map(({ name }) => name);
}

/** `unit` is one of `removableUnits`. Layers keep their names, so trained weights fit. */
export function withoutUnit(net: NetDescription, unit: string): NetDescription {
  const removed = unitsOf(net).find(({ name }) => name === unit);
  if (removed === undefined) throw new Error(`${net.name} has no removable unit ${unit}`);
  const rebuilt = new Map<Layer, Layer>();
  const now = (layer: Layer): Layer => rebuilt.get(layer === removed.to ? removed.from : layer) as Layer;
  const kept = net.layers.filter(layer => !removed.layers.has(layer));
  for (const layer of kept) rebuilt.set(layer, { ...layer, inputs: layer.inputs.map(now) });
  return { ...net, layers: kept.map(layer => rebuilt.get(layer) as Layer), auxiliary: [] };
}

/** Layers whose dotted names agree but for the last parts are one unit: `stage2.unit3` of `stage2.unit3.1.conv`. */
function unitsOf(net: NetDescription): Unit[] {
  const groups = new Map<string, Layer[]>();
  for (const layer of net.layers) {
    const [stage, unit, ...rest] = layer.name.split('.');
    if (rest.length > 0) groups.set(`${stage}.${unit}`, [...(groups.get(`${stage}.${unit}`) ?? []), layer]);
  }
  return [...groups].flatMap(([name, layers]) => unitOf(name, new Set(layers), net) ?? []);
}

function unitOf(name: string, layers: ReadonlySet<Layer>, net: NetDescription): Unit | undefined {
  const outside = (layer: Layer): boolean => !layers.has(layer);
  const ins = new Set([...layers].flatMap(layer => layer.inputs.filter(outside)));
  const outs = new Set(net.layers.filter(outside).flatMap(({ inputs }) => inputs.filter(layer => layers.has(layer))));
  const [from, to] = [...ins, ...outs];
  const hasWeights = [...layers].some(({ op }) => op.kind === 'conv');
  if (ins.size !== 1 || outs.size !== 1 || !from || !to || !hasWeights) return undefined;
  return from.output.join() === to.output.join() ? { name, layers, from, to } : undefined;
}
