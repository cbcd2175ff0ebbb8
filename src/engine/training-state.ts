/** All that a net in training keeps, as a program holds it (in packs) and as checkpoints name it. */
import type { OptimiserConfig } from '../core/cell-config.ts';
import type { NetDescription } from '../core/net.ts';
import { optimiserSlots, slotOf } from './optimisers/index.ts';
import { isTrained, packsOf, packValues, unpackValues } from './packs.ts';

interface Kept {
  net: NetDescription;
  optimiser: OptimiserConfig;
}

/** First values of all variables, given those of the net's parameters by name. */
export function initialState(spec: Kept, weights: Record<string, Float32Array>): Record<string, Float32Array> {
  const state = variablesOf(spec).map(({ variable, pack, first }) => {
    const values = first === 'weight' ? packValues(pack, weights) : new Float32Array(pack.size).fill(first);
    return [variable, values] as const;
  });
  return Object.fromEntries(state);
}

/** Variables by the names of the parameters: `layer/role` and, of the optimiser, `layer/role/slot`. Views, no copies. */
export function namedState(spec: Kept, state: Record<string, Float32Array>): Record<string, Float32Array> {
  const named = variablesOf(spec).flatMap(({ variable, pack, slot }) =>
    Object.entries(unpackValues(pack, state[variable] as Float32Array)).map(
      ([name, values]) => [nameOf(name, slot), values] as const,
    ),
  );
  return Object.fromEntries(named);
}

/** Of all that `namedState` names. */
export function namedShapes(spec: Kept): Record<string, readonly number[]> {
  const shapes = variablesOf(spec).flatMap(({ pack, slot }) =>
    pack.parameters.map(({ name, shape }) => [nameOf(name, slot), shape] as const),
  );
  return Object.fromEntries(shapes);
}

/** The way back from `namedState`. */
export function packedState(spec: Kept, named: Record<string, Float32Array>): Record<string, Float32Array> {
  const packed = variablesOf(spec).map(({ variable, pack, slot }) => {
    const values = pack.parameters.map(({ name }) => [name, named[nameOf(name, slot)] as Float32Array] as const);
    return [variable, packValues(pack, Object.fromEntries(values))] as const;
  });
  return Object.fromEntries(packed);
}

const nameOf = (parameter: string, slot: string): string => (slot === '' ? parameter : `${parameter}/${slot}`);

/** Every vector that a program keeps: the packs of the net (slot ''), then the optimiser's slots of the trained ones. */
export function variablesOf({ net, optimiser }: Kept) {
  const packs = packsOf(net);
  const own = packs.map(pack => ({ variable: pack.name as string, pack, slot: '', first: 'weight' as const }));
  const slots = packs.filter(isTrained).flatMap(pack =>
    Object.entries(optimiserSlots(optimiser)).map(([slot, first]) => ({
      variable: slotOf(pack.name, slot),
      pack,
      slot,
      first,
    })),
  );
  return [...own, ...slots];
}
