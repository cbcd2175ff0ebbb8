/** Runs of other programs and other stores become run folders here; the recorder does the rest. All of a source, or nothing. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { describeError, EXIT, errorCode, UserError } from '../core/errors.ts';
import { hashOf, newRunId } from '../core/ids.ts';
import { benchDir, runFiles, runsDir } from '../core/places.ts';
import { ImportedJournal, type ImportedRun } from './imported-journal.ts';
import type { RunRecord } from './run-record.ts';
import type { Found, Source } from './source.ts';
import { digestOf, sourceFiles } from './source-files.ts';

export type ImportFormat = 'tensorboard' | 'mlflow' | 'wandb' | 'csv' | 'jsonl';

export interface ImportOptions {
  format: ImportFormat;
  /** File these runs under it, whatever the source says. */
  experiment?: string | undefined;
  /** The Python that has MLflow. */
  python: string;
  dir?: string;
}

export interface ImportSummary {
  /** Ids of the new ones. */
  runs: string[];
  points: number;
  /** Ids of those that are here already: nothing was done to them. */
  present: string[];
  /** Values that are no numbers. */
  passedOver: number;
}

const LIMITS = { runs: 100_000, bufferedBytes: 4 * 1024 * 1024 };
const RUN_ID = /^[0-9a-f]{12}$/;

/**
 * Runs get ids that follow from their source, so that a second import of the same changes nothing; those of an export of
 * ours keep their own. Throws one line on the first thing that cannot be, and leaves nothing behind.
 */
export async function importRuns(path: string, options: ImportOptions): Promise<ImportSummary> {
  const importing = new Importing(path, options);
  try {
    for await (const found of await openSource(path, options)) importing.take(found);
    return importing.finish();
  } catch (cause) {
    if (cause instanceof UserError || errorCode(cause) === undefined) throw cause;
    throw new UserError(`${path}: could not be imported: ${describeError(cause)}.`, { exitCode: EXIT.noData, cause });
  } finally {
    importing.cleanUp();
  }
}

class Importing {
  readonly #summary: ImportSummary = { runs: [], points: 0, present: [], passedOver: 0 };
  readonly #path: string;
  readonly #options: ImportOptions;
  readonly #dir: string;
  readonly #folder: string;
  readonly #digest: string;
  /** Null: it is here already. */
  readonly #journals = new Map<string, ImportedJournal | null>();
  #buffered = 0;

  constructor(path: string, options: ImportOptions) {
    this.#path = path;
    this.#options = options;
    this.#dir = options.dir ?? benchDir();
    // Beside the runs: the recorder does not look here, and a rename moves it.
    this.#folder = join(this.#dir, `importing-${newRunId()}`);
    this.#digest = options.format === 'mlflow' ? 'mlflow' : digestOf(path, sourceFiles(path, isData));
  }

  take(found: Found): void {
    const journal = this.#journal(found.key, 'record' in found ? found.record : {});
    if (journal === null) return;
    if ('metrics' in found) journal.metrics(found.metrics);
    if ('passedOver' in found) this.#summary.passedOver += found.passedOver;
    if (!('points' in found)) return;
    const before = journal.bufferedBytes;
    journal.points(found.points, `${this.#path}: run ${found.key}`);
    this.#summary.points += found.points.length;
    this.#buffered += journal.bufferedBytes - before;
    if (this.#buffered > LIMITS.bufferedBytes) this.#flush();
  }

  finish(): ImportSummary {
    if (this.#journals.size === 0)
      throw new UserError(`${this.#path}: expected runs, got none: nothing was imported.`, { exitCode: EXIT.noData });
    for (const journal of this.#journals.values()) journal?.finish();
    mkdirSync(runsDir(this.#dir), { recursive: true, mode: 0o700 });
    for (const id of this.#summary.runs) renameSync(join(this.#folder, id), join(runsDir(this.#dir), id));
    return this.#summary;
  }

  cleanUp(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #journal(key: string, record: Partial<RunRecord>): ImportedJournal | null {
    const known = this.#journals.get(key);
    if (known !== undefined) return known;
    if (this.#journals.size >= LIMITS.runs)
      throw new UserError(`${this.#path}: expected at most ${LIMITS.runs} runs, got more.`);
    const journal = this.#newJournal(this.#runOf(key, record));
    this.#journals.set(key, journal);
    return journal;
  }

  #newJournal(run: ImportedRun): ImportedJournal | null {
    if (existsSync(join(runsDir(this.#dir), run.id))) {
      this.#summary.present.push(run.id);
      return null;
    }
    mkdirSync(join(this.#folder, run.id), { recursive: true, mode: 0o700 });
    this.#summary.runs.push(run.id);
    const origin = { format: this.#options.format, source: basename(this.#path), sha256: this.#digest };
    return new ImportedJournal(join(this.#folder, run.id, runFiles.journal), run, origin);
  }

  #runOf(key: string, record: Partial<RunRecord>): ImportedRun {
    const source = basename(resolve(this.#path)).replace(/\.\w+$/, '');
    const name = key === '' || key === '.' ? source : key;
    const experiment = this.#options.experiment ?? record.experiment ?? source;
    const id = record.id ?? key;
    const own = RUN_ID.test(id) ? id : hashOf([this.#options.format, this.#digest, key, experiment]).slice(0, 12);
    return { ...record, id: own, experiment, arm: record.arm ?? record.name ?? name, isWhole: record.id !== undefined };
  }

  #flush(): void {
    for (const journal of this.#journals.values()) journal?.flush();
    this.#buffered = 0;
  }
}

async function openSource(path: string, { format, python }: ImportOptions): Promise<Source> {
  if (format === 'tensorboard') return (await import('./from-tensorboard.ts')).fromTensorboard(path);
  if (format === 'mlflow') return (await import('./from-mlflow.ts')).fromMlflow(path, python);
  if (format === 'wandb') return (await import('./from-wandb.ts')).fromWandb(path);
  if (format === 'csv') return (await import('./from-csv.ts')).fromCsv(path);
  return (await import('./from-jsonl.ts')).fromJsonl(path);
}

const isData = (name: string): boolean => /\.(jsonl|json|csv)$|tfevents/.test(name);
