/** What the store knows of each journal file: how far it was read, when it had something new, what is wrong with it. */
import { dirname, join, relative } from 'node:path';
import { syncCuration } from './curation.ts';
import { isDamage, type JournalFile } from './journal-file.ts';
import type { Store } from './store.ts';

export interface KnownJournal {
  run: number;
  bytes: number;
  problem: string | null;
  offset: number;
  /** When we last found something new in it, on our clock; null before. */
  readAt: number | null;
  /** 1: all of it is recorded, and its run has finished. No writer appends to such a journal. */
  over: 0 | 1;
}

export interface JournalNews {
  run: number;
  offset: number;
  problem: string | null;
  /** When its writer was last alive, on our clock; null if there was nothing new. */
  heardAt: number | null;
}

const OVER = `(bytes = journal_offset AND problem IS NULL AND 'finished' IS
    (SELECT end_state FROM attempts WHERE attempts.run = runs.key ORDER BY attempt DESC LIMIT 1))`;
const FROM = 'FROM journals JOIN runs ON runs.key = journals.run';
const SELECT = `SELECT folder, run, bytes, problem, journal_offset AS offset, read_at AS readAt, ${OVER} AS over ${FROM}`;

/** By folder, as the store names them. Another recorder may have come further: then a look finds nothing new. */
export class KnownJournals {
  readonly #store: Store;
  /** Of the names of folders in the store. */
  readonly #prefix: string;
  readonly #known = new Map<string, KnownJournal>();
  /** Folders of which no more than this is known: their journals are over. */
  #over: ReadonlySet<string> = new Set();

  constructor(store: Store, runsDir: string) {
    this.#store = store;
    // Not `join` for each of ten thousand: that would be a tenth of a look at them.
    this.#prefix = join(relative(dirname(store.path), runsDir), '/');
  }

  folderOf(name: string): string {
    return this.#prefix + name;
  }

  get(folder: string): KnownJournal | undefined {
    return this.#known.get(folder);
  }

  isOver(folder: string): boolean {
    const known = this.#known.get(folder);
    return known === undefined ? this.#over.has(folder) : known.over === 1;
  }

  get isEmpty(): boolean {
    return this.#known.size + this.#over.size === 0;
  }

  /** After a transaction that was rolled back. */
  forget(): void {
    this.#known.clear();
    this.#over = new Set();
  }

  /** All of them, or the one of this name. */
  learn(name?: string): void {
    syncCuration(this.#store);
    if (name === undefined) this.#learnRows(SELECT);
    else this.#learnRows(`${SELECT} WHERE folder = ?`, this.folderOf(name));
  }

  /** All of those that may grow. To read the others' rows too would take a list of ten thousand runs a third of its time. */
  learnOpen(): void {
    syncCuration(this.#store);
    this.#store.read(() => {
      this.#learnRows(`${SELECT} WHERE NOT ${OVER}`);
      this.#over = new Set(this.#store.prepare<string>(`SELECT folder ${FROM} WHERE ${OVER}`, 'pluck').all());
    });
  }

  #learnRows(sql: string, ...folders: string[]): void {
    const statement = this.#store.prepare<KnownJournal & { folder: string }>(sql);
    for (const row of this.#store.read(() => statement.all(...folders))) this.#known.set(row.folder, row);
  }

  /** Writes what is known of the file now, if that is new. Call it inside `store.write`. */
  note({ folder, bytes }: JournalFile, { run, offset, problem, heardAt }: JournalNews): void {
    const before = this.#known.get(folder);
    const readAt = heardAt === null ? (before?.readAt ?? null) : Date.now();
    this.#known.set(folder, { run, bytes, problem, offset, readAt, over: 0 });
    if (heardAt === null && before?.run === run && before.bytes === bytes && before.problem === problem) return;
    const sql = `INSERT INTO journals (folder, run, bytes, problem, read_at, heard_at) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (folder) DO UPDATE SET run = excluded.run, bytes = excluded.bytes, problem = excluded.problem,
        read_at = excluded.read_at, heard_at = coalesce(excluded.heard_at, heard_at)`;
    this.#store.prepare(sql).run(folder, run, bytes, problem, readAt, heardAt);
  }
}

/** Whether a file of so many bytes is recorded as far as it can be. */
export function hasNothingNew(known: KnownJournal, bytes: number): boolean {
  return bytes <= known.offset || (bytes === known.bytes && known.problem !== null && !isDamage(known.problem));
}
