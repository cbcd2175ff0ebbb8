/**
 * Brings run folders' journals into the store. Every call goes on where the last one ended: the bytes that are recorded
 * and what they said are written in one transaction, so a killed recorder, a second one and a repeated call change
 * nothing. The offset belongs to the run, not to the file: a copied folder has nothing new to say. However much there
 * is to record, one piece of one journal is in memory, and journals take turns.
 */
import { closeSync, openSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Json } from '../core/ids.ts';
import { type JournalPiece, readPiece } from '../core/journal-reader.ts';
import { runFiles } from '../core/places.ts';
import { syncCuration } from './curation.ts';
import { EventRecorder } from './event-recorder.ts';
import { FolderWatch, runNames } from './folder-watch.ts';
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
import { JournalRuns, plannedCell } from './journal-run.ts';
import type { Store } from './store.ts';

/** Pieces of this many journals are one transaction, unless they take longer than others may have to wait. */
const GROUP_SIZE = 256;
const GROUP_MS = 100;
/** What a look beside training may take of the caller's time; a piece takes about 50 ms. */
const FOLLOW_MS = 100;

export interface IngestSummary {
  /** Journals that had something new. */
  journals: number;
  events: number;
  points: number;
  /** One line for each journal that cannot be read to its end, and for events that make no sense. */
  problems: string[];
}

interface KnownJournal {
  run: number;
  bytes: number;
  problem: string | null;
  offset: number;
  /** When we last found something new in it, on our clock; null before. */
  readAt: number | null;
}

type JournalTask = { name: string; path: string; bytes: number };
type Task = JournalTask | { name: string; cell: Json };

/** What a look at a folder gave: `more`: a further piece of it waits. */
interface Look {
  recorded: boolean;
  more: boolean;
  problem: string | null;
}

type KnownRow = [string, number, number, string | null, number, number | null];

const NOTHING: Look = { recorded: false, more: false, problem: null };

export class Recorder {
  readonly #store: Store;
  readonly #runsDir: string;
  /** Of the names of folders in the store. */
  readonly #prefix: string;
  readonly #events: EventRecorder;
  readonly #journalRuns: JournalRuns;
  readonly #watch: FolderWatch;
  /** By folder. Another recorder may have come further: then a look finds nothing new. */
  readonly #known = new Map<string, KnownJournal>();
  /** Names of runs that have not begun and are recorded as such. */
  readonly #planned = new Set<string>();
  /** Names that `follow` has still to look at. */
  #waiting: string[] = [];

  constructor(store: Store, runsDir: string) {
    this.#store = store;
    this.#runsDir = runsDir;
    this.#prefix = relative(dirname(store.path), runsDir);
    this.#events = new EventRecorder(store);
    this.#journalRuns = new JournalRuns(store, this.#events);
    this.#watch = new FolderWatch(runsDir);
  }

  /** All that the run folders say by now. */
  ingestAll(): IngestSummary {
    this.#learnKnown('');
    return this.#ingest(runNames(this.#runsDir), Number.POSITIVE_INFINITY).summary;
  }

  /** The same for the folder of one run. */
  ingestRun(runId: string): IngestSummary {
    this.#learnKnown('WHERE folder = ?', this.#folderOf(runId));
    return this.#ingest([runId], Number.POSITIVE_INFINITY).summary;
  }

  /**
   * For a loop beside training: looks where something may have changed, for about `budgetMs` and at least at one piece.
   * `behind`: there was more; the next call goes on there.
   */
  follow(budgetMs = FOLLOW_MS): IngestSummary & { behind: boolean } {
    const deadlineMs = performance.now() + budgetMs;
    if (this.#known.size === 0) this.#learnKnown('');
    if (this.#waiting.length === 0) this.#waiting = this.#watch.names();
    const { summary, left } = this.#ingest(this.#waiting, deadlineMs);
    this.#waiting = left;
    return { ...summary, behind: left.length > 0 };
  }

  #learnKnown(where: string, ...values: string[]): void {
    syncCuration(this.#store);
    const sql = `SELECT folder, run, bytes, problem, journal_offset, read_at
      FROM journals JOIN runs ON runs.key = journals.run ${where}`;
    const statement = this.#store.prepare<KnownRow>(sql, 'raw');
    for (const [folder, run, bytes, problem, offset, readAt] of this.#store.read(() => statement.all(...values))) {
      this.#known.set(folder, { run, bytes, problem, offset, readAt });
    }
  }

  #folderOf(name: string): string {
    return join(this.#prefix, name);
  }

  /** Goes through the names until all is recorded or the time is over; `left` is what was not looked at, or has more. */
  #ingest(names: readonly string[], deadlineMs: number): { summary: IngestSummary; left: string[] } {
    const summary: IngestSummary = { journals: 0, events: 0, points: 0, problems: [] };
    const told = new Set<string>();
    const queue = [...names];
    let next = 0;
    do {
      const group: Task[] = [];
      while (next < queue.length && group.length < GROUP_SIZE)
        group.push(...this.#tasksIn(queue[next++] as string, summary));
      if (group.length > 0) queue.push(...this.#ingestGroup(group, summary, told));
    } while (next < queue.length && performance.now() < deadlineMs);
    summary.journals = told.size;
    return { summary, left: queue.slice(next) };
  }

  /** One task if the folder has something new, else none. */
  #tasksIn(name: string, summary: IngestSummary): Task[] {
    const path = `${this.#runsDir}/${name}/${runFiles.journal}`;
    try {
      const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
      const known = this.#known.get(this.#folderOf(name));
      if (bytes === 0 && known === undefined) return this.#plans(name);
      return bytes === 0 || (known !== undefined && hasNothingNew(known, bytes)) ? [] : [{ name, path, bytes }];
    } catch (error) {
      addTo(summary.problems, problemOfReading(path, error));
      return [];
    }
  }

  /** A folder that has a cell but no journal is a run that has not begun. */
  #plans(name: string): Task[] {
    if (this.#planned.has(name)) return [];
    const cell = plannedCell(join(this.#runsDir, name), name);
    return cell === null ? [] : [{ name, cell }];
  }

  /** Returns the names of those that are not through, those that had no turn first. */
  #ingestGroup(group: readonly Task[], summary: IngestSummary, told: Set<string>): string[] {
    const endMs = performance.now() + GROUP_MS;
    try {
      return this.#store.write(() => {
        const late: string[] = [];
        const more: string[] = [];
        for (const task of group) {
          if (performance.now() > endMs) late.push(task.name);
          else if (this.#ingestTask(task, summary, told)) more.push(task.name);
        }
        return [...late, ...more];
      });
    } catch (error) {
      // The transaction was rolled back, and with it what we hold for known.
      this.#known.clear();
      this.#planned.clear();
      throw error;
    }
  }

  /** True if there is more of it. */
  #ingestTask(task: Task, summary: IngestSummary, told: Set<string>): boolean {
    if ('cell' in task) {
      this.#journalRuns.plan(task.name, task.cell);
      this.#planned.add(task.name);
      return false;
    }
    const look = this.#look(task, summary);
    addTo(summary.problems, look.problem);
    if (look.recorded) {
      told.add(task.name);
      this.#watch.grew(task.name);
    }
    return look.more;
  }

  #look({ name, path, bytes }: JournalTask, summary: IngestSummary): Look {
    try {
      const fd = openSync(path, 'r');
      try {
        return this.#lookInto({ path, folder: this.#folderOf(name), fd, bytes }, summary);
      } finally {
        closeSync(fd);
      }
    } catch (error) {
      return { ...NOTHING, problem: problemOfReading(path, error) };
    }
  }

  #lookInto(journal: JournalFile, summary: IngestSummary): Look {
    const known = this.#known.get(journal.folder);
    const named = this.#journalRuns.runOf(journal, known?.run);
    if (named === 'unknown') return NOTHING;
    if (named === 'nameless') return { ...NOTHING, problem: nameless(journal) };
    const position = this.#journalRuns.position(named);
    if (!continues(journal, position)) {
      return { ...NOTHING, problem: this.#note(journal, named, position.offset, differs(journal, position)) };
    }
    const piece = readPiece(journal.fd, position.offset, journal.path);
    const { offset, next = offset } = piece;
    const problem = next === offset ? null : damaged(journal, offset, next);
    if (next > position.offset) this.#record(journal, named, piece, next, summary);
    if (problem !== null) this.#journalRuns.completeCell(journal, named, position.id, piece.events.at(-1)?.time ?? 0);
    const recorded = piece.events.length > 0;
    const kept = isDamage(known?.problem ?? null) ? (known as KnownJournal).problem : problem;
    this.#note(journal, named, next, kept, recorded ? heardAt(piece, known?.readAt ?? null) : null);
    return { recorded, more: piece.tail === 'more' || problem !== null, problem };
  }

  #record(journal: JournalFile, run: number, piece: JournalPiece, next: number, summary: IngestSummary): void {
    const sql = 'UPDATE runs SET journal_offset = ?, journal_anchor = ? WHERE key = ?';
    this.#store.prepare(sql).run(next, anchorAt(journal, next), run);
    const { points, problems } = this.#events.record(run, piece.events);
    summary.events += piece.events.length;
    summary.points += points;
    summary.problems.push(...problems.map(problem => `${journal.path}: ${problem}`));
  }

  /** Writes what is known of the file now, if that is new. Returns the problem. */
  #note(journal: JournalFile, run: number, offset: number, problem: string | null, heard: number | null = null) {
    const { folder, bytes } = journal;
    const before = this.#known.get(folder);
    const readAt = heard === null ? (before?.readAt ?? null) : Date.now();
    this.#known.set(folder, { run, bytes, problem, offset, readAt });
    if (heard === null && before?.run === run && before.bytes === bytes && before.problem === problem) return problem;
    const sql = `INSERT INTO journals (folder, run, bytes, problem, read_at, heard_at) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (folder) DO UPDATE SET run = excluded.run, bytes = excluded.bytes, problem = excluded.problem,
        read_at = excluded.read_at, heard_at = coalesce(excluded.heard_at, heard_at)`;
    this.#store.prepare(sql).run(folder, run, bytes, problem, readAt, heard);
    return problem;
  }
}

/**
 * When the writer was last alive, on our clock. Its own clock may be wrong: a time that is neither past nor newer than
 * our last look at a file that has grown since cannot be true, and then we heard of it now.
 */
function heardAt({ events }: JournalPiece, lastReadAt: number | null, nowMs = Date.now()): number {
  const toldAt = events.at(-1)?.time ?? nowMs;
  return Math.round(toldAt <= nowMs && toldAt >= (lastReadAt ?? 0) ? toldAt : nowMs);
}

function hasNothingNew(known: KnownJournal, bytes: number): boolean {
  return bytes <= known.offset || (bytes === known.bytes && known.problem !== null && !isDamage(known.problem));
}

function addTo(problems: string[], problem: string | null): void {
  if (problem !== null) problems.push(problem);
}
