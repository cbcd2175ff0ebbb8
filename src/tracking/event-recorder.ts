import type { Cell } from '../core/experiment.ts';
import { canonicalJson, hashOf, type Json } from '../core/ids.ts';
import type { JournalEvent } from '../core/journal.ts';
import { eventProblem } from './event-shape.ts';
import { PointWriter } from './point-writer.ts';
import { leavesOf } from './provenance.ts';
import type { Store } from './store.ts';

export interface RecordedEvents {
  points: number;
  /** One line for each event that makes no sense; the others are recorded. */
  problems: string[];
}

/** The same attempt told again says nothing; another one under its number, of a writer that counts badly, takes its place. */
const UNLESS_REPEATED = `ON CONFLICT DO UPDATE SET (pid, process_start, host, from_step, started_at, last_event_at, step) =
    (excluded.pid, excluded.process_start, excluded.host, excluded.from_step, excluded.started_at,
      excluded.last_event_at, excluded.step), (end_state, ended_at, reason, provenance) = (NULL, NULL, NULL, NULL)
  WHERE (pid, process_start, started_at) <> (excluded.pid, excluded.process_start, excluded.started_at)`;

/** Where a run's journal stands while its events are written. */
interface Cursor {
  run: number;
  attempt: number;
  step: number | null;
  time: number;
}

/** Writes events as rows. Call inside `store.write`: what belongs together is one transaction. */
export class EventRecorder {
  readonly #store: Store;
  readonly #metricKeys = new Map<string, number>();
  readonly #pointWriter: PointWriter;

  constructor(store: Store) {
    this.#store = store;
    this.#pointWriter = new PointWriter(store);
  }

  /** The small key of a run; a run that is new gets one. */
  runKey(id: string): number {
    const sql = 'INSERT INTO runs (id) VALUES (?) ON CONFLICT (id) DO UPDATE SET id = id RETURNING key';
    return this.#store.prepare<number>(sql, 'pluck').get(id) as number;
  }

  /** A run that has not begun yet. */
  plan(id: string, cell: Json): void {
    this.record(this.runKey(id), [{ type: 'cell', time: Date.now(), cell }]);
  }

  record(run: number, events: readonly JournalEvent[]): RecordedEvents {
    const attempt = this.#store.prepare<number>(
      'SELECT coalesce(max(attempt), 0) FROM attempts WHERE run = ?',
      'pluck',
    );
    const cursor: Cursor = { run, attempt: attempt.get(run) ?? 0, step: null, time: 0 };
    const recorded: RecordedEvents = { points: 0, problems: [] };
    // Keys of a transaction that was rolled back are not keys: they are learnt anew in each.
    this.#metricKeys.clear();
    this.#pointWriter.begin(run);
    for (const event of events) {
      const problem = eventProblem(event);
      if (problem === null) recorded.points += this.#recordOne(cursor, event);
      else recorded.problems.push(problem);
    }
    this.#pointWriter.settle();
    this.#moveAttempt(cursor);
    return recorded;
  }

  /** Returns the number of points. Types that a later version may add are passed over. */
  #recordOne(cursor: Cursor, event: JournalEvent): number {
    if (event.type === 'attempt') this.#attempt(cursor, event);
    cursor.time = Math.round(event.time);
    if ('step' in event) cursor.step = event.step;
    if (event.type === 'points') return this.#points(cursor, event.values);
    if (event.type === 'metric') this.#metric(cursor, event);
    else if (event.type === 'cell') this.#cell(cursor, event.cell as unknown as Cell);
    else if (event.type === 'provenance') this.#provenance(cursor, event.provenance);
    else if (event.type === 'artifact') this.#artifact(cursor, event);
    else if (event.type === 'end') this.#end(cursor, event);
    return 0;
  }

  #points(cursor: Cursor, values: Extract<JournalEvent, { type: 'points' }>['values']): number {
    let count = 0;
    for (const name in values) {
      this.#pointWriter.add(this.#metricKey(name), cursor.step as number, toSql(values[name]), cursor.time);
      count++;
    }
    return count;
  }

  #metricKey(name: string): number {
    const known = this.#metricKeys.get(name);
    if (known !== undefined) return known;
    const sql = 'INSERT INTO metric_names (name) VALUES (?) ON CONFLICT (name) DO UPDATE SET name = name RETURNING key';
    const key = this.#store.prepare<number>(sql, 'pluck').get(name) as number;
    this.#metricKeys.set(name, key);
    return key;
  }

  #metric(cursor: Cursor, event: Extract<JournalEvent, { type: 'metric' }>): void {
    this.#store
      .prepare('INSERT OR REPLACE INTO metrics (run, metric, value, time) VALUES (?, ?, ?, ?)')
      .run(cursor.run, this.#metricKey(event.name), toSql(event.value), cursor.time);
  }

  #attempt(cursor: Cursor, event: Extract<JournalEvent, { type: 'attempt' }>): void {
    this.#moveAttempt(cursor);
    const time = Math.round(event.time);
    this.#store
      .prepare(`INSERT INTO attempts
        (run, attempt, pid, process_start, host, from_step, started_at, last_event_at, step)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ${UNLESS_REPEATED}`)
      .run(
        cursor.run,
        event.attempt,
        event.pid,
        event.processStart,
        event.host,
        event.fromStep,
        time,
        time,
        event.fromStep,
      );
    this.#store.prepare('UPDATE runs SET started_at = coalesce(started_at, ?) WHERE key = ?').run(time, cursor.run);
    cursor.attempt = event.attempt;
    cursor.step = null;
  }

  #moveAttempt(cursor: Cursor): void {
    this.#store
      .prepare(`UPDATE attempts SET step = coalesce(?, step), last_event_at = max(last_event_at, ?)
        WHERE run = ? AND attempt = ?`)
      .run(cursor.step, cursor.time, cursor.run, cursor.attempt);
  }

  #cell(cursor: Cursor, cell: Cell): void {
    const { experiment, tier, arm, levels, seed, config, specHash, codeHash, dataHash, identity } = cell;
    this.#store
      .prepare('INSERT OR IGNORE INTO experiments (id, first_seen_at) VALUES (?, ?)')
      .run(experiment, cursor.time);
    const sql = `INSERT INTO cells
      (experiment, tier, arm, levels, seed, steps, spec_hash, code_hash, data_hash, identity, cell)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET seed = seed RETURNING key`;
    const texts = [specHash, codeHash, dataHash, identity, canonicalJson(cell)];
    const key = this.#store
      .prepare<number>(sql, 'pluck')
      .get(experiment, tier, arm, canonicalJson(levels), seed, config.steps, ...texts) as number;
    this.#store.prepare('UPDATE runs SET cell = ? WHERE key = ?').run(key, cursor.run);
    this.#params(key, cell);
  }

  #params(cellKey: number, cell: Cell): void {
    const insert = this.#store.prepare('INSERT OR IGNORE INTO params (cell, name, value) VALUES (?, ?, ?)');
    for (const [name, value] of leavesOf({ ...cell.config, ...cell.execution } as unknown as Json)) {
      insert.run(cellKey, name, JSON.stringify(value));
    }
  }

  #provenance(cursor: Cursor, provenance: Json): void {
    const sql =
      'INSERT INTO provenance (hash, content) VALUES (?, ?) ON CONFLICT DO UPDATE SET hash = hash RETURNING key';
    const insert = this.#store.prepare<number>(sql, 'pluck');
    const key = insert.get(hashOf(provenance), canonicalJson(provenance)) as number;
    this.#store
      .prepare('UPDATE attempts SET provenance = ? WHERE run = ? AND attempt = ?')
      .run(key, cursor.run, cursor.attempt);
  }

  #artifact(cursor: Cursor, event: Extract<JournalEvent, { type: 'artifact' }>): void {
    this.#store
      .prepare('INSERT OR REPLACE INTO artifacts (run, name, path, sha256, bytes, time) VALUES (?, ?, ?, ?, ?, ?)')
      .run(cursor.run, event.name, event.path, event.sha256, event.bytes, cursor.time);
  }

  #end(cursor: Cursor, event: Extract<JournalEvent, { type: 'end' }>): void {
    this.#store
      .prepare('UPDATE attempts SET end_state = ?, ended_at = ?, reason = ? WHERE run = ? AND attempt = ?')
      .run(event.state, cursor.time, event.reason ?? null, cursor.run, cursor.attempt);
  }
}

/** NULL stands for NaN. JSON's null does too: that is what careless writers make of it. */
function toSql(value: unknown): number | null {
  const number = value === null ? Number.NaN : Number(value);
  return Number.isNaN(number) ? null : number;
}
