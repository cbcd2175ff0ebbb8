/** What two stores say of the same runs, table by table: for `check` and `repair`, which hold a store against its journals. */
import { inStretch, STRETCH_STEPS } from './curve-points.ts';
import type { Store } from './store.ts';

/** One state of one run that is not the same. */
interface StoreDifference {
  run: string;
  /** The table, in words for a person. */
  what: string;
  kept: string;
  rebuilt: string;
}

export interface StoreComparison {
  compared: number;
  differences: StoreDifference[];
  /** Runs of whose journal the kept store has recorded less than there is. */
  behind: { run: string; bytes: number }[];
  /** … and more than there is: the journal was cut, replaced, or is damaged now. */
  ahead: { run: string; bytes: number }[];
  /** Runs that only the kept store knows. */
  onlyKept: string[];
}

interface Pair {
  id: string;
  key: number;
  keptKey: number;
  offset: number;
  keptOffset: number;
}

/** Of one run each; `{}` is the database. */
const QUERIES: readonly [what: string, sql: string][] = [
  [
    'number of points',
    `SELECT name, count(*) FROM {}.points JOIN {}.metric_names ON metric_names.key = metric
      WHERE run = ? GROUP BY metric ORDER BY name`,
  ],
  [
    'final figures',
    `SELECT name, value, time FROM {}.metrics JOIN {}.metric_names ON metric_names.key = metric
      WHERE run = ? ORDER BY name`,
  ],
  [
    'attempts',
    `SELECT attempt, pid, process_start, host, from_step, started_at, last_event_at, step, end_state, ended_at, reason,
      provenance.hash FROM {}.attempts LEFT JOIN {}.provenance ON provenance.key = attempts.provenance
      WHERE run = ? ORDER BY attempt`,
  ],
  ['artifacts', 'SELECT name, path, sha256, bytes, time FROM {}.artifacts WHERE run = ? ORDER BY name'],
  ['cell', 'SELECT cell FROM {}.cells WHERE key = (SELECT cell FROM {}.runs WHERE key = ?)'],
  [
    'configuration',
    'SELECT name, value FROM {}.params WHERE cell = (SELECT cell FROM {}.runs WHERE key = ?) ORDER BY name',
  ],
];

/** `store` was built from journals just now; the kept one is attached to it as `kept`. */
export function compareWithKept(store: Store): StoreComparison {
  return store.read(() => {
    const pairs = pairsOf(store);
    const level = pairs.filter(pair => pair.offset === pair.keptOffset);
    const gap = (pair: Pair) => ({ run: pair.id, bytes: Math.abs(pair.offset - pair.keptOffset) });
    return {
      compared: level.length,
      differences: level.flatMap(pair => differencesOf(store, pair)),
      behind: [...pairs.filter(pair => pair.offset > pair.keptOffset).map(gap), ...onlyRebuilt(store)],
      ahead: pairs.filter(pair => pair.offset < pair.keptOffset).map(gap),
      onlyKept: store.prepare<string>(ONLY_KEPT, 'pluck').all(),
    };
  });
}

const ONLY_KEPT = 'SELECT id FROM kept.runs WHERE id NOT IN (SELECT id FROM main.runs) ORDER BY id';

function pairsOf(store: Store): Pair[] {
  const sql = `SELECT new.id, new.key, old.key AS keptKey, new.journal_offset AS offset, old.journal_offset AS keptOffset
    FROM main.runs AS new JOIN kept.runs AS old ON old.id = new.id ORDER BY new.id`;
  return store.prepare<Pair>(sql).all();
}

function onlyRebuilt(store: Store): { run: string; bytes: number }[] {
  const sql = `SELECT id AS run, journal_offset AS bytes FROM main.runs
    WHERE id NOT IN (SELECT id FROM kept.runs) AND journal_offset > 0 ORDER BY id`;
  return store.prepare<{ run: string; bytes: number }>(sql).all();
}

function differencesOf(store: Store, pair: Pair): StoreDifference[] {
  return [...firstPoint(store, pair), ...QUERIES.flatMap(([what, sql]) => firstRow(store, pair, what, sql))];
}

/** Bit by bit. Times count from a moment that each store chose for itself. IS holds NULL, which stands for NaN, equal to itself. */
const FIRST_POINT = `SELECT name, newer.high * ${STRETCH_STEPS} + new.at % ${STRETCH_STEPS}, old.at IS NULL AS missing, new.value, old.value,
    new.time + newRun.points_since, old.time + oldRun.points_since
  FROM main.stretches AS newer
  JOIN main.point_values AS new ON ${inStretch('newer', 'new')}
  JOIN main.runs AS newRun ON newRun.key = newer.run
  JOIN main.metric_names AS names ON names.key = newer.metric
  LEFT JOIN kept.metric_names AS was USING (name)
  LEFT JOIN kept.stretches AS older ON older.run = ? AND older.metric = was.key AND older.high = newer.high
  LEFT JOIN kept.point_values AS old ON old.at = older.key * ${STRETCH_STEPS} + new.at % ${STRETCH_STEPS}
  LEFT JOIN kept.runs AS oldRun ON oldRun.key = older.run
  WHERE newer.run = ? AND (old.at IS NULL OR new.value IS NOT old.value
    OR new.time + newRun.points_since IS NOT old.time + oldRun.points_since)
  ORDER BY name, newer.high, new.at LIMIT 1`;

function firstPoint(store: Store, { id, key, keptKey }: Pair): StoreDifference[] {
  const row = store
    .prepare<[string, number, number, number | null, number | null, number, number]>(FIRST_POINT, 'raw')
    .get(keptKey, key);
  if (row === undefined) return [];
  const [metric, step, missing, value, keptValue, time, keptTime] = row;
  const shown = (one: number | null, at: number) => `${one ?? Number.NaN} (written at ${at})`;
  const kept = missing ? 'no such point' : shown(keptValue, keptTime);
  return [{ run: id, what: `${metric} at step ${step}`, kept, rebuilt: shown(value, time) }];
}

function firstRow(store: Store, { id, key, keptKey }: Pair, what: string, sql: string): StoreDifference[] {
  const rebuilt = rowsOf(store, sql, 'main', key);
  const kept = rowsOf(store, sql, 'kept', keptKey);
  const at = rebuilt.findIndex((row, i) => row !== kept[i]);
  if (at < 0 && rebuilt.length === kept.length) return [];
  const place = at < 0 ? rebuilt.length : at;
  return [{ run: id, what, kept: kept[place] ?? 'nothing', rebuilt: rebuilt[place] ?? 'nothing' }];
}

function rowsOf(store: Store, sql: string, database: 'main' | 'kept', key: number): string[] {
  const rows = store.prepare<unknown[]>(sql.replaceAll('{}', database), 'raw').all(key);
  return rows.map(row => JSON.stringify(row.map(value => (Number.isFinite(value as number) ? value : String(value)))));
}
