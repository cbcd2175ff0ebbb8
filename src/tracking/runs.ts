import type { Cell } from '../core/experiment.ts';
import type { RunSummary } from '../core/results.ts';
import type { RunTier } from '../core/tracked-cell.ts';
import { type Curation, curationsOf } from './curation.ts';
import { fromSql } from './curves.ts';
import { fragment } from './fragment.ts';
import { type RunQuery, runKeys, selectFields } from './run-query.ts';
import { LAST_ATTEMPT, type RunRow, rowsOf, selectRuns, summarise } from './run-rows.ts';
import type { Store } from './store.ts';

/** A run and what people say of it. */
export type ListedRun = RunSummary & Curation;

/** Newest first, unless the query says otherwise. Throws one line on a wrong filter or an unknown field. */
export function listRuns(store: Store, query: RunQuery = {}): RunSummary[] {
  return store.read(() => summaries(store, rowsOf(store, runKeys(store, query))));
}

/** The same with tags, notes, stars. */
export function listCuratedRuns(store: Store, query: RunQuery = {}): ListedRun[] {
  return store.read(() => {
    const runs = listRuns(store, query);
    const said = curationsOf(
      store,
      runs.map(run => run.id),
    );
    return runs.map((run, i) => ({ ...run, ...(said[i] as Curation) }));
  });
}

/** Ids only: for commands that do something to many. */
export function runIds(store: Store, query: RunQuery): string[] {
  return store.read(() => selectFields(store, query, [fragment('runs.id')]).map(row => row[0] as string));
}

/** How many there are, whatever the limit. */
export function countRuns(store: Store, query: RunQuery): number {
  const all = { ...query, sort: undefined, limit: undefined, offset: undefined };
  return store.read(() => selectFields(store, all, [fragment('count(*)')])[0]?.[0] as number);
}

/**
 * One run for each arm and seed of an experiment at a tier under one spec (the newest that was run, if none is given):
 * the newest that finished, else the newest at all. In the order of arms by name, then seeds.
 */
export function latestRuns(store: Store, experiment: string, tier: RunTier, specHash?: string): RunSummary[] {
  const runs = listRuns(store, { experiment, tier });
  const spec = specHash ?? runs[0]?.specHash;
  const cells = new Map<string, RunSummary>();
  for (const run of runs) {
    if (run.specHash !== spec) continue;
    const cell = JSON.stringify([run.arm, run.seed]);
    const chosen = cells.get(cell);
    if (chosen === undefined || (chosen.state !== 'finished' && run.state === 'finished')) cells.set(cell, run);
  }
  return [...cells.values()].sort((a, b) => compareText(a.arm, b.arm) || a.seed - b.seed);
}

/**
 * The run that counts for each of these cells, by the cell's identity: the newest that finished, else the newest at all.
 * A run of another experiment or spec counts too if its identity is the same; it is told under the cell's own names.
 */
export function runsOfCells(store: Store, cells: readonly Cell[]): Map<string, RunSummary> {
  const found = cells.map(cell => {
    const runs = withIdentity(store, cell.identity);
    const run = runs.find(one => one.state === 'finished') ?? runs[0];
    const { experiment, tier, arm, levels, seed, specHash } = cell;
    const told: RunSummary | undefined = run && { ...run, experiment, tier, arm, levels, seed, specHash };
    return [cell.identity, told] as const;
  });
  return new Map(found.filter((entry): entry is [string, RunSummary] => entry[1] !== undefined));
}

/** Newest first. What was deleted counts for nothing. */
function withIdentity(store: Store, identity: string): RunSummary[] {
  return store.read(() => summaries(store, selectRuns(store, `cells.identity = ? AND ${NOT_DELETED}`, [identity])));
}

const NOT_DELETED =
  'NOT EXISTS (SELECT 1 FROM curation WHERE curation.run = runs.id AND curation.deleted_at IS NOT NULL)';

/** Identity of every cell that has been run to its end → its newest such run. */
export function finishedIdentities(store: Store): Map<string, string> {
  const sql = `SELECT cells.identity, runs.id FROM runs
    JOIN cells ON cells.key = runs.cell ${LAST_ATTEMPT}
    WHERE last.end_state = 'finished' AND ${NOT_DELETED} ORDER BY runs.started_at, runs.key`;
  return new Map(store.read(() => store.prepare<[string, string]>(sql, 'raw').all()));
}

/** Names of the experiments that have runs. */
export function experimentNames(store: Store): string[] {
  return store.read(() => store.prepare<string>('SELECT id FROM experiments ORDER BY id', 'pluck').all());
}

/** Arm → seed → the final figure, of finished runs that have it. */
export function valuesByArm(runs: readonly RunSummary[], metric: string): Map<string, Map<number, number>> {
  const arms = new Map<string, Map<number, number>>();
  for (const run of runs) {
    const value = run.metrics[metric];
    if (run.state !== 'finished' || value === undefined) continue;
    const seeds = arms.get(run.arm) ?? new Map<number, number>();
    arms.set(run.arm, seeds.set(run.seed, value));
  }
  return arms;
}

/** The rows as runs, with their final figures. */
export function summaries(store: Store, rows: readonly RunRow[]): RunSummary[] {
  const sql = `SELECT name, value FROM metrics JOIN metric_names ON metric_names.key = metrics.metric
    WHERE run = ? ORDER BY name`;
  const figures = store.prepare<[string, number | null]>(sql, 'raw');
  return rows.map(row => {
    const values = figures.all(row.key).map(([name, value]) => [name, fromSql(value)] as const);
    return { ...summarise(store, row), metrics: Object.fromEntries(values) };
  });
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
