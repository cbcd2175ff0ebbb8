import { canonicalJson, type Json } from '../core/ids.ts';
import type { ExperimentResults, Provenance } from '../core/results.ts';
import type { Store } from './store.ts';

/**
 * Id of the run → the provenance that its last attempt stated, without the text of its patch; runs that stated none are
 * missing.
 */
export function provenanceOf(store: Store, runIds: readonly string[]): Map<string, Provenance> {
  const found = runIds.map(id => [id, statedBy(store, id)] as const);
  return new Map(
    found.flatMap(([id, provenance]) => (provenance === null ? [] : [[id, withoutPatchText(provenance)] as const])),
  );
}

/** The patch between the run's commit and the code that it ran with; null if there was none, or none was kept. */
export function patchOf(store: Store, runId: string): string | null {
  return statedBy(store, runId)?.code?.patch?.text || null;
}

/** Of the attempts of a run that stated one. */
export const STATED = `FROM runs JOIN attempts ON attempts.run = runs.key
  JOIN provenance ON provenance.key = attempts.provenance WHERE runs.id = ?`;

/** Of each attempt that stated one, in their order: a run may go on elsewhere. */
export function attemptProvenances(store: Store, runId: string): { attempt: number; provenance: Provenance }[] {
  const sql = `SELECT attempt, content ${STATED} ORDER BY attempt`;
  const rows = store.read(() => store.prepare<[number, string]>(sql, 'raw').all(runId));
  return rows.map(([attempt, text]) => ({ attempt, provenance: withoutPatchText(JSON.parse(text) as Provenance) }));
}

function statedBy(store: Store, runId: string): Provenance | null {
  const sql = `SELECT content ${STATED} ORDER BY attempt DESC LIMIT 1`;
  const text = store.read(() => store.prepare<string>(sql, 'pluck').get(runId));
  return text === undefined ? null : (JSON.parse(text) as Provenance);
}

/** Other writers may state what they like: nothing of its form is taken for granted. */
function withoutPatchText(provenance: Provenance): Provenance {
  if (typeof provenance.code?.patch?.text !== 'string') return provenance;
  const { text: _, ...patch } = provenance.code.patch;
  return { ...provenance, code: { ...provenance.code, patch } };
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
