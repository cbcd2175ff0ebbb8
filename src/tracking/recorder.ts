/**
 * Brings run folders' journals into the store. Every call goes on where the last one ended: the bytes that are recorded
 * and what they said are written in one transaction, so a killed recorder, a second one and a repeated call change
 * nothing. The offset belongs to the run, not to the file: a copied folder has nothing new to say.
 */
import { closeSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { crc32 } from 'node:zlib';
import { describeError, errorCode, UserError } from '../core/errors.ts';
import type { Json } from '../core/ids.ts';
import { JournalError } from '../core/journal.ts';
import { type JournalPiece, readBytes, readPiece } from '../core/journal-reader.ts';
import { runFiles } from '../core/places.ts';
import { EventRecorder } from './event-recorder.ts';
import type { Store } from './store.ts';

/** The `attempt` event that names the run is the first; a foreign writer may have a few others before it. */
const IDENTIFY_BYTES = 64 * 1024;
const ANCHOR_BYTES = 256;

export interface IngestSummary {
  /** Journals that had something new. */
  journals: number;
  events: number;
  points: number;
  /** One line for each journal that cannot be read to its end, and for events that make no sense. */
  problems: string[];
}

interface Journal {
  path: string;
  folder: string;
  fd: number;
  bytes: number;
}

interface KnownJournal {
  folder: string;
  run: number;
  bytes: number;
  problem: string | null;
  offset: number;
}

interface Position {
  id: string;
  offset: number;
  anchor: number;
}

export class Recorder {
  readonly #store: Store;
  readonly #runsDir: string;
  readonly #events: EventRecorder;

  constructor(store: Store, runsDir: string) {
    this.#store = store;
    this.#runsDir = runsDir;
    this.#events = new EventRecorder(store);
  }

  ingestAll(): IngestSummary {
    const summary = emptySummary();
    const known = new Map(this.#known('').map(row => [row.folder, row]));
    for (const name of namesIn(this.#runsDir)) this.#ingestFolder(name, known, summary);
    return summary;
  }

  /** The same for the folder of one run. */
  ingestRun(runId: string): IngestSummary {
    const summary = emptySummary();
    const rows = this.#known('WHERE folder = ?', this.#folderOf(runId));
    this.#ingestFolder(runId, new Map(rows.map(row => [row.folder, row])), summary);
    return summary;
  }

  #known(where: string, ...values: string[]): KnownJournal[] {
    const sql = `SELECT folder, run, bytes, problem, journal_offset AS offset
      FROM journals JOIN runs ON runs.key = journals.run ${where}`;
    return this.#store.read(() => this.#store.prepare<KnownJournal>(sql).all(...values));
  }

  #folderOf(name: string): string {
    return relative(dirname(this.#store.path), join(this.#runsDir, name));
  }

  #ingestFolder(name: string, known: ReadonlyMap<string, KnownJournal>, summary: IngestSummary): void {
    const path = join(this.#runsDir, name, runFiles.journal);
    const problem = reading(path, () => {
      const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
      const folder = this.#folderOf(name);
      return this.#ingestFile(name, { path, folder, bytes }, known.get(folder), summary);
    });
    if (problem !== null) summary.problems.push(problem);
  }

  #ingestFile(name: string, file: Omit<Journal, 'fd'>, known: KnownJournal | undefined, summary: IngestSummary) {
    if (file.bytes === 0 && known === undefined) this.#plan(name);
    if (file.bytes === 0 || (known !== undefined && hasNothingNew(known, file.bytes))) return null;
    const fd = openSync(file.path, 'r');
    try {
      return this.#ingestJournal({ ...file, fd }, known, summary);
    } finally {
      closeSync(fd);
    }
  }

  /** A folder that has a cell but no journal is a run that has not begun. */
  #plan(name: string): void {
    const sql = 'SELECT count(*) FROM runs WHERE id = ?';
    if (this.#store.read(() => this.#store.prepare<number>(sql, 'pluck').get(name)) !== 0) return;
    const cell = plannedCell(join(this.#runsDir, name, runFiles.spec), name);
    if (cell !== null) this.#store.write(() => this.#events.plan(name, cell));
  }

  /** Returns a problem in one line, or null. */
  #ingestJournal(journal: Journal, known: KnownJournal | undefined, summary: IngestSummary): string | null {
    const run = this.#runOf(journal, known);
    if (typeof run !== 'number') return run;
    const eventsBefore = summary.events;
    for (;;) {
      const position = this.#position(run);
      if (!continues(journal, position)) return this.#note(journal, run, known, differs(journal, position));
      const piece = readPiece(journal.fd, position.offset, journal.path);
      const recorded = piece.events.length === 0 || this.#record(journal, run, position, piece, summary);
      if (!recorded || piece.tail === 'more') continue;
      if (summary.events > eventsBefore) summary.journals++;
      return this.#note(journal, run, known, piece.tail === 'damaged' ? damaged(journal, piece.offset) : null);
    }
  }

  /** The key of the run that the journal tells of, a problem, or null while it does not say so yet. */
  #runOf(journal: Journal, known: KnownJournal | undefined): number | string | null {
    if (known !== undefined && continues(journal, this.#position(known.run))) return known.run;
    const { events, tail } = readPiece(journal.fd, 0, journal.path, IDENTIFY_BYTES);
    const attempt = events.find(event => event.type === 'attempt');
    if (typeof attempt?.run === 'string') return this.#store.write(() => this.#events.runKey(attempt.run));
    return tail === 'more' || tail === 'damaged' ? nameless(journal) : null;
  }

  #position(run: number): Position {
    const sql = 'SELECT id, journal_offset AS offset, journal_anchor AS anchor FROM runs WHERE key = ?';
    return this.#store.read(() => this.#store.prepare<Position>(sql).get(run)) as Position;
  }

  /** False if another recorder has been here since the position was read. */
  #record(journal: Journal, run: number, from: Position, piece: JournalPiece, summary: IngestSummary): boolean {
    const anchor = anchorAt(journal, piece.offset);
    const recorded = this.#store.write(() => {
      if (this.#position(run).offset !== from.offset) return null;
      const sql = 'UPDATE runs SET journal_offset = ?, journal_anchor = ? WHERE key = ?';
      this.#store.prepare(sql).run(piece.offset, anchor, run);
      return this.#events.record(run, piece.events);
    });
    if (recorded === null) return false;
    summary.events += piece.events.length;
    summary.points += recorded.points;
    summary.problems.push(...recorded.problems.map(problem => `${journal.path}: ${problem}`));
    return true;
  }

  #note(journal: Journal, run: number, known: KnownJournal | undefined, problem: string | null): string | null {
    if (known?.run === run && known.bytes === journal.bytes && known.problem === problem) return problem;
    const sql = 'INSERT OR REPLACE INTO journals (folder, run, bytes, problem) VALUES (?, ?, ?, ?)';
    this.#store.write(() => this.#store.prepare(sql).run(journal.folder, run, journal.bytes, problem));
    return problem;
  }
}

const emptySummary = (): IngestSummary => ({ journals: 0, events: 0, points: 0, problems: [] });

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw new UserError(`could not read the runs in ${folder}: ${describeError(error)}.`, { cause: error });
  }
}

/** Null for what is no run's folder. A copy of one that has not begun is none either. */
function plannedCell(path: string, name: string): Json | null {
  try {
    const spec = JSON.parse(readFileSync(path, 'utf8')) as { run?: unknown; cell?: Json };
    return spec.run === name ? (spec.cell ?? null) : null;
  } catch {
    return null;
  }
}

function hasNothingNew(known: KnownJournal, bytes: number): boolean {
  return bytes <= known.offset || (bytes === known.bytes && known.problem !== null);
}

/** A journal that cannot be read is a problem of its own; one that has vanished meanwhile, or a stray file, is none. */
function reading(path: string, action: () => string | null): string | null {
  try {
    return action();
  } catch (error) {
    if (error instanceof JournalError) return error.message;
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    if (code !== undefined && !code.startsWith('SQLITE')) return `${path}: cannot be read: ${describeError(error)}.`;
    throw error;
  }
}

/** Whether the bytes before the position are those that were recorded, as far as the file has them. */
function continues(journal: Journal, position: Position): boolean {
  return journal.bytes < position.offset || anchorAt(journal, position.offset) === position.anchor;
}

function anchorAt(journal: Journal, offset: number): number {
  const start = Math.max(0, offset - ANCHOR_BYTES);
  return crc32(readBytes(journal.fd, start, offset - start));
}

const damaged = (journal: Journal, offset: number): string =>
  `${journal.path}: damaged at byte ${offset}: what stands behind it is not recorded.`;

const differs = (journal: Journal, position: Position): string =>
  `${journal.path}: tells of run ${position.id} otherwise than the journal that is recorded: left out.`;

const nameless = (journal: Journal): string =>
  `${journal.path}: expected an "attempt" event that names the run among the first, got none: left out.`;
