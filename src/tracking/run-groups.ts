import type { RunState } from '../core/results.ts';
import { type Field, findField, findFields } from './fields.ts';
import { fragment } from './fragment.ts';
import { type RunQuery, selectFields } from './run-query.ts';
import type { Store } from './store.ts';

interface FigureSummary {
  /** Runs that have the figure. */
  runs: number;
  /** NaN if one of them is. */
  mean: number;
  /** With n − 1; NaN of fewer than two. */
  deviation: number;
  min: number;
  max: number;
}

export interface RunGroup {
  /** Field → its value in this group; null where its runs lack it. */
  by: Record<string, string | number | null>;
  runs: number;
  states: Partial<Record<RunState, number>>;
  /** Of finished runs. */
  figures: Record<string, FigureSummary>;
}

interface Collected {
  group: RunGroup;
  values: Map<string, number[]>;
}

/** Runs of equal `by` (names of fields with commas between) together, in the order of the groups' values. */
export function groupRuns(store: Store, query: RunQuery, by: string, figures: readonly string[]): RunGroup[] {
  return store.read(() => {
    const keys = findFields(store, by);
    const metrics = figures.map(name => findField(store, name));
    const columns = [...keys, findField(store, 'state'), ...metrics].map(columnOf);
    const groups = new Map<string, Collected>();
    for (const row of selectFields(store, { ...query, limit: undefined, offset: undefined }, columns))
      collect(groups, row, keys, metrics);
    return [...groups.values()]
      .map(finish)
      .sort(byValues)
      .slice(query.offset ?? 0)
      .slice(0, query.limit);
  });
}

/** A run of several tags is in the group of just these tags together. */
const columnOf = ({ kind, sql }: Field) =>
  kind === 'tags' ? fragment(`(SELECT group_concat(tag, ' ') FROM (${sql.sql} ORDER BY tag))`, ...sql.values) : sql;

function collect(groups: Map<string, Collected>, row: readonly unknown[], keys: Field[], metrics: Field[]): void {
  const values = row.slice(0, keys.length) as (string | number | null)[];
  const state = row[keys.length] as RunState;
  const name = JSON.stringify(values);
  const collected = groups.get(name) ?? newGroup(keys, values);
  groups.set(name, collected);
  collected.group.runs++;
  collected.group.states[state] = (collected.group.states[state] ?? 0) + 1;
  if (state !== 'finished') return;
  metrics.forEach((metric, i) => {
    const value = row[keys.length + 1 + i];
    if (value === null) return;
    const list = collected.values.get(metric.name) ?? [];
    collected.values.set(metric.name, list);
    list.push(Number(value));
  });
}

function newGroup(keys: readonly Field[], values: readonly (string | number | null)[]): Collected {
  const by = Object.fromEntries(keys.map((key, i) => [key.name, values[i] ?? null]));
  return { group: { by, runs: 0, states: {}, figures: {} }, values: new Map() };
}

function finish({ group, values }: Collected): RunGroup {
  for (const [name, list] of values) group.figures[name] = summary(list);
  return group;
}

function summary(values: readonly number[]): FigureSummary {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = values.length < 2 ? Number.NaN : Math.sqrt(squares / (values.length - 1));
  const [min, max] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  return { runs: values.length, mean, deviation, min, max };
}

function byValues(a: RunGroup, b: RunGroup): number {
  for (const name in a.by) {
    const order = compareValues(a.by[name] ?? null, b.by[name] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

/** Numbers, also where text holds them, by size; missing values last. */
function compareValues(a: string | number | null, b: string | number | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return typeof a === 'number' && typeof b === 'number'
    ? a - b
    : String(a).localeCompare(String(b), 'en', { numeric: true });
}
