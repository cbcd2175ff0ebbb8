import { canonicalJson, type Json } from '../core/ids.ts';
import type { ExperimentResults, Provenance } from '../core/results.ts';
import type { Store } from './store.ts';

/** Id of the run → the provenance that its last attempt stated; runs that stated none are missing. */
export function provenanceOf(store: Store, runIds: readonly string[]): Map<string, Provenance> {
  const sql = `SELECT content FROM runs JOIN attempts ON attempts.run = runs.key
    JOIN provenance ON provenance.key = attempts.provenance WHERE runs.id = ? ORDER BY attempt DESC LIMIT 1`;
  return store.read(() => {
    const statement = store.prepare<string>(sql, 'pluck');
    const found = runIds.map(id => [id, statement.get(id)] as const);
    return new Map(found.flatMap(([id, text]) => (text === undefined ? [] : [[id, JSON.parse(text) as Provenance]])));
  });
}

/** What is not the same in all of them, by dotted name, with its different values. Empty: all equal, or fewer than two. */
export function provenanceDifferences(provenances: Iterable<Provenance>): ExperimentResults['differences'] {
  const leaves = [...provenances].map(provenance => leavesOf(provenance as unknown as Json));
  const names = new Set(leaves.flatMap(map => [...map.keys()]));
  return [...names]
    .sort()
    .map(what => ({ what, values: distinct(leaves.map(map => map.get(what) ?? null)) }))
    .filter(difference => difference.values.length > 1);
}

/** Leaves by dotted name: `optimiser.rate`. Lists and empty objects are leaves. */
export function leavesOf(value: Json, name = ''): Map<string, Json> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Map([[name, value]]);
  const prefix = name === '' ? '' : `${name}.`;
  return new Map(Object.entries(value).flatMap(([key, inner]) => [...leavesOf(inner, prefix + key)]));
}

function distinct(values: readonly Json[]): Json[] {
  return [...new Map(values.map(value => [canonicalJson(value), value])).values()];
}
