/** Follows the runs while somebody looks on, and says which of them have news. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, UserError } from '../../core/errors.ts';
import { runFiles } from '../../core/places.ts';
import { Recorder } from '../../tracking/recorder.ts';
import type { Store } from '../../tracking/store.ts';

/** What one look may take from those who wait for a page. */
const BUDGET_MS = 50;
const FRESH_MS = 1000;

export interface RunNews {
  run: string;
  experiment: string | null;
}

/** Runs that have news; without one, something else in the store has changed. */
export type News = readonly RunNews[];

/** Of the data as others write them, of our own writing, and of the schema. */
type Version = [data: number, changes: number, schema: number];

export class Feed {
  readonly #store: Store;
  readonly #runsDir: string;
  readonly #tell: (news: News) => void;
  readonly #recorder: Recorder;
  /** Of journals of runs that have not ended: bytes when we last looked. */
  readonly #sizes = new Map<string, number>();
  /** Bytes that are recorded of each run. */
  #offsets = new Map<string, number>();
  #version: Version;
  #lookedAtMs = Number.NEGATIVE_INFINITY;

  constructor(store: Store, runsDir: string, tell: (news: News) => void) {
    this.#store = store;
    this.#runsDir = runsDir;
    this.#tell = tell;
    this.#recorder = new Recorder(store, runsDir);
    this.#version = this.#versionNow();
    this.#grown();
  }

  /** For who asks. If nothing can be recorded now, what was recorded last can still be shown. */
  catchUp(): void {
    this.#requireSchema();
    if (performance.now() - this.#lookedAtMs <= FRESH_MS) return;
    try {
      this.look();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  }

  /** Records what is new and tells of it. Throws one line if the store refuses. */
  look(): void {
    const before = this.#version;
    this.#requireSchema();
    this.#lookedAtMs = performance.now();
    this.#recordOpen();
    this.#recorder.follow(BUDGET_MS);
    this.#version = this.#versionNow();
    if (this.#version.some((value, i) => value !== before[i])) this.#tell(this.#grown());
  }

  /** A bench that is newer than we are may have changed what our queries and our recorder rely on. */
  #requireSchema(): void {
    if (this.#versionNow()[2] === this.#version[2]) return;
    throw new UserError(
      `store ${this.#store.path}: another bench has changed its schema while this server ran. Stop this server and start it again.`,
      { exitCode: EXIT.noData },
    );
  }

  /** The recorder looks at quiet journals every few seconds only; who watches a slow run must not wait for that. */
  #recordOpen(): void {
    const sql =
      'SELECT DISTINCT runs.id FROM attempts JOIN runs ON runs.key = attempts.run WHERE attempts.end_state IS NULL';
    for (const run of this.#store.read(() => this.#store.prepare<string>(sql, 'pluck').all())) {
      const bytes = statSync(join(this.#runsDir, run, runFiles.journal), { throwIfNoEntry: false })?.size;
      if (bytes === undefined || bytes === this.#sizes.get(run)) continue;
      this.#sizes.set(run, bytes);
      this.#recorder.ingestRun(run);
    }
  }

  #versionNow(): Version {
    const sql = 'SELECT data_version, total_changes(), user_version FROM pragma_data_version, pragma_user_version';
    return this.#store.read(() => this.#store.prepare<Version>(sql, 'raw').get()) as Version;
  }

  /** Whoever recorded it: more of these runs is in the store than when we last looked. */
  #grown(): RunNews[] {
    const sql = 'SELECT id, experiment, journal_offset FROM runs LEFT JOIN cells ON cells.key = runs.cell';
    const runs = this.#store.read(() => this.#store.prepare<[string, string | null, number]>(sql, 'raw').all());
    const grown = runs.filter(([run, , offset]) => this.#offsets.get(run) !== offset);
    this.#offsets = new Map(runs.map(([run, , offset]) => [run, offset]));
    return grown.map(([run, experiment]) => ({ run, experiment }));
  }
}
