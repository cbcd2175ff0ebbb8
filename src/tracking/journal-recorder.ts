/** Records the next piece of one journal: its events, how far they go, and what is wrong with the file. */
import { closeSync, openSync } from 'node:fs';
import { type JournalPiece, readPiece } from '../core/journal-reader.ts';
import type { EventRecorder } from './event-recorder.ts';
import {
  anchorAt,
  continues,
  damaged,
  differs,
  isDamage,
  type JournalFile,
  nameless,
  problemOfReading,
} from './journal-file.ts';
import type { JournalRuns } from './journal-run.ts';
import type { KnownJournal, KnownJournals } from './known-journals.ts';
import type { Store } from './store.ts';

/** What a look at a journal gave. */
export interface JournalLook {
  /** Zero: there was nothing new. */
  events: number;
  points: number;
  /** A further piece of it waits. */
  more: boolean;
  /** One line each. */
  problems: string[];
}

const nothing = (...problems: string[]): JournalLook => ({ events: 0, points: 0, more: false, problems });

/** Writes: call inside `store.write`. */
export class JournalRecorder {
  readonly #store: Store;
  readonly #known: KnownJournals;
  readonly #events: EventRecorder;
  readonly #runs: JournalRuns;

  constructor(store: Store, known: KnownJournals, events: EventRecorder, runs: JournalRuns) {
    this.#store = store;
    this.#known = known;
    this.#events = events;
    this.#runs = runs;
  }

  /** A file that cannot be read is a problem; one that has vanished meanwhile is none. */
  recordPiece(file: Omit<JournalFile, 'fd'>): JournalLook {
    try {
      const fd = openSync(file.path, 'r');
      try {
        return this.#lookInto({ ...file, fd });
      } finally {
        closeSync(fd);
      }
    } catch (error) {
      const problem = problemOfReading(file.path, error);
      return problem === null ? nothing() : nothing(problem);
    }
  }

  #lookInto(journal: JournalFile): JournalLook {
    const known = this.#known.get(journal.folder);
    const run = this.#runs.runOf(journal, known?.run);
    if (run === 'unknown') return nothing();
    if (run === 'nameless') return nothing(nameless(journal));
    const position = this.#runs.position(run);
    if (continues(journal, position)) return this.#recordFrom(journal, run, position, known);
    const problem = differs(journal, position);
    this.#known.note(journal, { run, offset: position.offset, problem, heardAt: null });
    return nothing(problem);
  }

  #recordFrom(
    journal: JournalFile,
    run: number,
    { id, offset: from }: { id: string; offset: number },
    known: KnownJournal | undefined,
  ): JournalLook {
    const piece = readPiece(journal.fd, from, journal.path);
    const { offset, next = offset, events } = piece;
    const damage = next === offset ? null : damaged(journal, offset, next);
    const recorded = next > from ? this.#record(journal, run, piece, next) : nothing();
    if (damage !== null) this.#runs.completeCell(journal, run, id, events.at(-1)?.time ?? 0);
    const heardAt = events.length > 0 ? heardFrom(piece, known?.readAt ?? null) : null;
    const problem = known !== undefined && isDamage(known.problem) ? known.problem : damage;
    this.#known.note(journal, { run, offset: next, problem, heardAt });
    return {
      ...recorded,
      more: piece.tail === 'more' || damage !== null,
      problems: damage === null ? recorded.problems : [...recorded.problems, damage],
    };
  }

  #record(journal: JournalFile, run: number, { events }: JournalPiece, next: number): Omit<JournalLook, 'more'> {
    const sql = 'UPDATE runs SET journal_offset = ?, journal_anchor = ? WHERE key = ?';
    this.#store.prepare(sql).run(next, anchorAt(journal, next), run);
    const { points, problems } = this.#events.record(run, events);
    const named = problems.map(problem => `${journal.path}: ${problem}`);
    return { events: events.length, points, problems: named };
  }
}

/**
 * When the writer was last alive, on our clock. Its own clock may be wrong: a time that is neither past nor newer than
 * our last look at a file that has grown since cannot be true, and then we heard of it now.
 */
function heardFrom({ events }: JournalPiece, lastReadAt: number | null, nowMs = Date.now()): number {
  const toldAt = events.at(-1)?.time ?? nowMs;
  return Math.round(toldAt <= nowMs && toldAt >= (lastReadAt ?? 0) ? toldAt : nowMs);
}
