/** Which run a journal tells of, and of which cell: its events say so, and where those are damaged the folder's spec. */
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Json } from '../core/ids.ts';
import { runFiles } from '../core/places.ts';
import type { EventRecorder } from './event-recorder.ts';
import { continues, type JournalFile, nameOfRun, type Position } from './journal-file.ts';
import type { Store } from './store.ts';

/** Writes: call inside `store.write`. */
export class JournalRuns {
  readonly #store: Store;
  readonly #events: EventRecorder;

  constructor(store: Store, events: EventRecorder) {
    this.#store = store;
    this.#events = events;
  }

  /** The key of the run. `known`: the one that this file told of when it was read last. */
  runOf(journal: JournalFile, known: number | undefined): number | 'unknown' | 'nameless' {
    if (known !== undefined && continues(journal, this.position(known))) return known;
    const named = nameOfRun(journal);
    if (named === 'nameless') return this.#runOfSpec(journal);
    return named === 'unknown' ? named : this.#events.runKey(named.run);
  }

  position(run: number): Position {
    const sql = 'SELECT id, journal_offset AS offset, journal_anchor AS anchor FROM runs WHERE key = ?';
    return this.#store.prepare<Position>(sql).get(run) as Position;
  }

  /** A run that has not begun. */
  plan(name: string, cell: Json): void {
    const sql = 'SELECT count(*) FROM runs WHERE id = ?';
    if (this.#store.prepare<number>(sql, 'pluck').get(name) === 0) this.#events.plan(name, cell);
  }

  /** Damage may have taken the event that says which cell it is. */
  completeCell({ path }: JournalFile, run: number, id: string, time: number): void {
    if (this.#store.prepare<number>('SELECT cell FROM runs WHERE key = ?', 'pluck').get(run) !== null) return;
    const cell = plannedCell(dirname(path), id);
    if (cell !== null) this.#events.record(run, [{ type: 'cell', time, cell }]);
  }

  /** Its first frame is damaged: nobody says who wrote it. */
  #runOfSpec({ path, folder }: JournalFile): number | 'nameless' {
    const run = basename(folder);
    const cell = plannedCell(dirname(path), run);
    if (cell === null) return 'nameless';
    const key = this.#events.runKey(run);
    if (this.position(key).offset > 0) return key;
    const time = Date.now();
    const nobody = { attempt: 1, pid: 0, processStart: '', host: 'unknown', fromStep: 0 };
    this.#events.record(key, [
      { type: 'attempt', time, run, ...nobody },
      { type: 'cell', time, cell },
    ]);
    return key;
  }
}

/** Null for what is no folder of this run. A copy of one that has not begun is none either. */
export function plannedCell(folder: string, run: string): Json | null {
  try {
    const spec = JSON.parse(readFileSync(join(folder, runFiles.spec), 'utf8')) as { run?: unknown; cell?: Json };
    return spec.run === run ? (spec.cell ?? null) : null;
  } catch {
    return null;
  }
}
