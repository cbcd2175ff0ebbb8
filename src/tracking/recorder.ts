/**
 * Brings run folders' journals into the store. Every call goes on where the last one ended: the bytes that are recorded
 * and what they said are written in one transaction, so a killed recorder, a second one and a repeated call change
 * nothing. The offset belongs to the run, not to the file: a copied folder has nothing new to say. However much there
 * is to record, one piece of one journal is in memory, and journals take turns.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../core/ids.ts';
import { runFiles } from '../core/places.ts';
import { EventRecorder } from './event-recorder.ts';
import { FolderWatch, runNames } from './folder-watch.ts';
import { problemOfReading } from './journal-file.ts';
import { JournalRecorder } from './journal-recorder.ts';
import { JournalRuns, plannedCell } from './journal-run.ts';
import { hasNothingNew, KnownJournals } from './known-journals.ts';
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

/** A journal that has grown, or a run that has not begun. */
type Task = { name: string; path: string; bytes: number } | { name: string; cell: Json };

export class Recorder {
  readonly #store: Store;
  readonly #runsDir: string;
  readonly #known: KnownJournals;
  readonly #journalRuns: JournalRuns;
  readonly #journals: JournalRecorder;
  readonly #watch: FolderWatch;
  /** Names of runs that have not begun and are recorded as such. */
  readonly #planned = new Set<string>();
  /** Names that `follow` has still to look at. */
  #waiting: string[] = [];

  constructor(store: Store, runsDir: string) {
    const events = new EventRecorder(store);
    this.#store = store;
    this.#runsDir = runsDir;
    this.#known = new KnownJournals(store, runsDir);
    this.#journalRuns = new JournalRuns(store, events);
    this.#journals = new JournalRecorder(store, this.#known, events, this.#journalRuns);
    this.#watch = new FolderWatch(runsDir);
  }

  /** All that the run folders say by now. */
  ingestAll(): IngestSummary {
    this.#known.learn();
    return this.#ingest(runNames(this.#runsDir), Number.POSITIVE_INFINITY).summary;
  }

  /** The same, but finished runs are not looked at again: their journals are taken to be what they were. */
  ingestOpen(): IngestSummary {
    this.#known.learnOpen();
    return this.#ingest(this.#open(runNames(this.#runsDir)), Number.POSITIVE_INFINITY).summary;
  }

  /** All that the folder of one run says by now. */
  ingestRun(runId: string): IngestSummary {
    this.#known.learn(runId);
    return this.#ingest([runId], Number.POSITIVE_INFINITY).summary;
  }

  /**
   * For a loop beside training: looks where something may have changed, for about `budgetMs` and at least at one piece.
   * `behind`: there was more; the next call goes on there.
   */
  follow(budgetMs = FOLLOW_MS): IngestSummary & { behind: boolean } {
    const deadlineMs = performance.now() + budgetMs;
    if (this.#known.isEmpty) this.#known.learnOpen();
    if (this.#waiting.length === 0) this.#waiting = this.#open(this.#watch.names());
    const { summary, left } = this.#ingest(this.#waiting, deadlineMs);
    this.#waiting = left;
    return { ...summary, behind: left.length > 0 };
  }

  #open(names: readonly string[]): string[] {
    return names.filter(name => !this.#known.isOver(this.#known.folderOf(name)));
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
      const known = this.#known.get(this.#known.folderOf(name));
      if (bytes === 0 && known === undefined) return this.#plans(name);
      return bytes === 0 || (known !== undefined && hasNothingNew(known, bytes)) ? [] : [{ name, path, bytes }];
    } catch (error) {
      const problem = problemOfReading(path, error);
      if (problem !== null) summary.problems.push(problem);
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
      this.#known.forget();
      this.#planned.clear();
      throw error;
    }
  }

  /** True if there is more of it. */
  #ingestTask(task: Task, summary: IngestSummary, told: Set<string>): boolean {
    const { name } = task;
    if ('cell' in task) {
      this.#journalRuns.plan(name, task.cell);
      this.#planned.add(name);
      return false;
    }
    const look = this.#journals.recordPiece({ ...task, folder: this.#known.folderOf(name) });
    summary.events += look.events;
    summary.points += look.points;
    summary.problems.push(...look.problems);
    if (look.events > 0) {
      told.add(name);
      this.#watch.grew(name);
    }
    return look.more;
  }
}
