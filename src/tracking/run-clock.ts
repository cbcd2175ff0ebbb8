/** How long a run had worked when it came to a step. */
import type { Store } from './store.ts';

/** Some of a run's steps with the seconds that it had worked by them, both ascending; between two of them it went evenly. */
export type RunClock = readonly (readonly [step: number, seconds: number])[];

export interface ClockQuery {
  /** Its id. */
  run: string;
  /** Whose points tell the time: the metric that has most of them. */
  metric: string;
  /** Steps at even distances, beside the last of each attempt. */
  knots: number;
}

/**
 * By the times of its points, from the start of its first attempt. Left out are pauses between attempts, and what an
 * attempt did after the step that the next one went on from: that was done again. Empty for a run without such points.
 */
export function runClock(store: Store, query: ClockQuery): RunClock {
  return store.read(() => {
    const attempts = attemptsOf(store, query.run);
    const resumed = attempts.map(({ fromStep }) => fromStep);
    return withoutPauses(timesOf(store, query, resumed), attempts);
  });
}

interface Attempt {
  startedAtMs: number;
  fromStep: number;
}

function attemptsOf(store: Store, run: string): Attempt[] {
  const sql = `SELECT started_at AS startedAtMs, from_step AS fromStep FROM attempts
    WHERE run = (SELECT key FROM runs WHERE id = ?) ORDER BY attempt`;
  return store.prepare<Attempt>(sql).all(run);
}

/** The points at or before each of the wanted steps: [step, milliseconds since 1970]. */
function timesOf(store: Store, { run, metric, knots }: ClockQuery, steps: readonly number[]): [number, number][] {
  const key = store.prepare<[number, number, number]>(
    `SELECT runs.key, metric_names.key, coalesce(points_since, 0) FROM runs, metric_names WHERE id = ? AND name = ?`,
    'raw',
  );
  const [runKey, metricKey, sinceMs] = key.get(run, metric) ?? [];
  if (runKey === undefined || metricKey === undefined) return [];
  const curve = 'run = ? AND metric = ?';
  const [first, last] = store
    .prepare<[number | null, number | null]>(`SELECT min(step), max(step) FROM points WHERE ${curve}`, 'raw')
    .get(runKey, metricKey) ?? [null, null];
  if (first === null || last === null) return [];
  const even = Array.from({ length: knots }, (_, i) =>
    Math.round(first + ((last - first) * i) / Math.max(1, knots - 1)),
  );
  const sql = `SELECT step, time + ? FROM points WHERE ${curve} AND step IN (
    SELECT (SELECT max(step) FROM points WHERE ${curve} AND step <= value) FROM json_each(?)) ORDER BY step`;
  return store
    .prepare<[number, number]>(sql, 'raw')
    .all(sinceMs ?? 0, runKey, metricKey, runKey, metricKey, JSON.stringify([...steps, ...even]));
}

/** Of each attempt those steps that no later one did again. */
function withoutPauses(times: readonly (readonly [number, number])[], attempts: readonly Attempt[]): RunClock {
  let before = 0;
  return attempts.flatMap(({ startedAtMs, fromStep }, i) => {
    const end = Math.min(...attempts.slice(i + 1).map(later => later.fromStep));
    const kept = times.filter(([step]) => step > fromStep && step <= end);
    const knots = kept.map(([step, timeMs]) => [step, before + (timeMs - startedAtMs) / 1000] as const);
    before = knots.at(-1)?.[1] ?? before;
    return knots;
  });
}
