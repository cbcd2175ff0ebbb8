/** What filters, orders, groups and columns of runs may name: how each field is called, and where SQL finds it. */
import { UserError } from '../core/errors.ts';
import { unknownName } from '../core/registry.ts';
import { type Fragment, fragment } from './fragment.ts';
import type { Store } from './store.ts';

/**
 * `metric`: a final figure, the text 'NaN' if it is that, NULL if there is none · `mixed`: a configured value or a level, of whatever type.
 * `time`: milliseconds since 1970. `tags`: a set; its SQL is a query for its members, in a column `tag`.
 */
export type FieldKind = 'text' | 'state' | 'number' | 'time' | 'flag' | 'tags' | 'metric' | 'mixed';

export interface Field {
  name: string;
  kind: FieldKind;
  sql: Fragment;
}

/** In terms of `runs`, `cells`, `last` (its last attempt), `said` (curation) and `live` (states that were found out). */
const OWN: Record<string, [FieldKind, string]> = {
  id: ['text', 'runs.id'],
  name: ['text', "cells.cell ->> '$.name'"],
  experiment: ['text', 'cells.experiment'],
  tier: ['text', 'cells.tier'],
  arm: ['text', 'cells.arm'],
  seed: ['number', 'cells.seed'],
  state: ['state', "coalesce(last.end_state, live.state, 'pending')"],
  reason: ['text', 'last.reason'],
  host: ['text', 'last.host'],
  step: ['number', 'coalesce(last.step, 0)'],
  steps: ['number', 'cells.steps'],
  attempts: ['number', 'coalesce(last.attempt, 0)'],
  started: ['time', 'runs.started_at'],
  ended: ['time', 'last.ended_at'],
  identity: ['text', 'cells.identity'],
  spec: ['text', 'cells.spec_hash'],
  tag: ['tags', 'SELECT tag FROM v_tags WHERE v_tags.run = runs.id'],
  note: ['text', 'said.note'],
  starred: ['flag', 'coalesce(said.starred, 0)'],
  archived: ['flag', 'coalesce(said.archived, 0)'],
  deleted: ['flag', '(said.deleted_at IS NOT NULL)'],
};

/** Of how many cells the configuration is looked at to suggest a name. */
const SUGGEST_FROM_CELLS = 50;

/**
 * A field of the run itself, else a final figure (`test.top1`), else a configured value (`optimiser.rate`), else a factor.
 * `metric.`, `config.` and `level.` before the name say which is meant. Throws one line with the nearest names.
 */
export function findField(store: Store, name: string): Field {
  const field = store.read(
    () => ownField(name) ?? metricField(store, name) ?? configField(store, name) ?? levelField(store, name),
  );
  if (field === undefined) throw unknownName('field of runs', name, knownFields(store));
  return field;
}

/** Commas between; each is found, or it throws. */
export function findFields(store: Store, names: string): Field[] {
  const list = names.split(',').map(name => name.trim());
  if (list.includes('')) throw new UserError(`expected names of fields with commas between them, got "${names}".`);
  return list.map(name => findField(store, name));
}

function ownField(name: string): Field | undefined {
  const own = Object.hasOwn(OWN, name) ? OWN[name] : undefined;
  return own && { name, kind: own[0], sql: fragment(own[1]) };
}

function metricField(store: Store, name: string): Field | undefined {
  const sql = 'SELECT key FROM metric_names WHERE name = ?';
  const key = store.prepare<number>(sql, 'pluck').get(withoutPrefix('metric.', name));
  const value = `(SELECT coalesce(value, 'NaN') FROM metrics WHERE run = runs.key AND metric = ${key})`;
  return key === undefined ? undefined : { name, kind: 'metric', sql: fragment(value) };
}

function configField(store: Store, name: string): Field | undefined {
  const param = withoutPrefix('config.', name);
  const known = store.prepare('SELECT 1 FROM params WHERE name = ? LIMIT 1', 'pluck').get(param);
  // true and false stay words: as numbers they would equal 1 and 0.
  const value = `(SELECT CASE json_type(value) WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE value ->> '$' END
    FROM params WHERE cell = cells.key AND name = ?)`;
  return known === undefined ? undefined : { name, kind: 'mixed', sql: fragment(value, param) };
}

function levelField(store: Store, name: string): Field | undefined {
  const factor = withoutPrefix('level.', name);
  const sql = 'SELECT 1 FROM cells, json_each(cells.levels) AS level WHERE level.key = ? LIMIT 1';
  const known = store.prepare(sql, 'pluck').get(factor);
  const value = '(SELECT value FROM json_each(cells.levels) WHERE key = ?)';
  return known === undefined ? undefined : { name, kind: 'mixed', sql: fragment(value, factor) };
}

const withoutPrefix = (prefix: string, name: string): string =>
  name.startsWith(prefix) ? name.slice(prefix.length) : name;

function knownFields(store: Store): string[] {
  const cells = `(SELECT key, levels FROM cells ORDER BY key DESC LIMIT ${SUGGEST_FROM_CELLS})`;
  const sql = `SELECT name FROM metric_names UNION SELECT name FROM params WHERE cell IN (SELECT key FROM ${cells})
    UNION SELECT level.key FROM ${cells}, json_each(levels) AS level ORDER BY 1`;
  const found = store.read(() => store.prepare<string>(sql, 'pluck').all());
  return [...new Set([...Object.keys(OWN), ...found])];
}
