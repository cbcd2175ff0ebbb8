import type { Cell, TierName } from '../core/experiment.ts';
import type { RunState, RunSummary } from '../core/results.ts';
import { fromSql } from './curves.ts';
import { type RunRow, selectRuns, summarise } from './run-rows.ts';
import type { Store } from './store.ts';

export interface RunFilter {
  experiment?: string | undefined;
  tier?: TierName | undefined;
  arm?: string | undefined;
  state?: RunState | undefined;
  limit?: number | undefined;
}

/** Newest first. */
export function listRuns(store: Store, filter: RunFilter = {}): RunSummary[] {
  return store.read(() => {
    const { where, values } = conditions(filter);
    const rows = selectRuns(store, where, values);
    const chosen: [RunRow, RunSummary][] = [];
    for (const row of rows) {
      if (chosen.length === filter.limit) break;
      const run = summarise(row);
      if (filter.state === undefined || run.state === filter.state) chosen.push([row, run]);
    }
    return withMetrics(store, chosen);
  });
}

/**
 * One run for each arm and seed of an experiment at a tier under one spec (the newest that was run, if none is given):
 * the newest that finished, else the newest at all. In the order of arms by name, then seeds.
 */
export function latestRuns(store: Store, experiment: string, tier: TierName, specHash?: string): RunSummary[] {
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
    return [cell.identity, run && { ...run, experiment, tier, arm, levels, seed, specHash }] as const;
  });
  return new Map(found.filter((entry): entry is [string, RunSummary] => entry[1] !== undefined));
}

/** Newest first. */
function withIdentity(store: Store, identity: string): RunSummary[] {
  return store.read(() => {
    const rows = selectRuns(store, 'cells.identity = ?', [identity]);
    return withMetrics(
      store,
      rows.map(row => [row, summarise(row)] as const),
    );
  });
}

/** Identity of every cell that has been run to its end → its newest such run. */
export function finishedIdentities(store: Store): Map<string, string> {
  const sql = `SELECT cells.identity, runs.id FROM runs
    JOIN cells ON cells.key = runs.cell
    JOIN attempts AS last ON last.run = runs.key
      AND last.attempt = (SELECT max(attempt) FROM attempts WHERE attempts.run = runs.key)
    WHERE last.end_state = 'finished' ORDER BY runs.started_at, runs.key`;
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

/** Fills in the final figures. */
export function withMetrics(store: Store, runs: readonly (readonly [RunRow, RunSummary])[]): RunSummary[] {
  const sql = `SELECT name, value FROM metrics JOIN metric_names ON metric_names.key = metrics.metric
    WHERE run = ? ORDER BY name`;
  const statement = store.prepare<[string, number | null]>(sql, 'raw');
  for (const [row, run] of runs) {
    for (const [name, value] of statement.all(row.key)) run.metrics[name] = fromSql(value);
  }
  return runs.map(([, run]) => run);
}

function conditions(filter: RunFilter): { where: string; values: string[] } {
  const columns = { 'cells.experiment': filter.experiment, 'cells.tier': filter.tier, 'cells.arm': filter.arm };
  const given = Object.entries(columns).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    where: ['TRUE', ...given.map(([name]) => `${name} = ?`)].join(' AND '),
    values: given.map(([, value]) => value),
  };
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
