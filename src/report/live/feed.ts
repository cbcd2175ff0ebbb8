/** Follows the runs while somebody looks on, and says which of them have news. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, UserError } from '../../core/errors.ts';
import { runFiles } from '../../core/places.ts';
import { type RecordedRun, recordedRuns, type StoreVersion, storeVersion } from '../../tracking/queries.ts';
import { Recorder } from '../../tracking/recorder.ts';
import type { Store } from '../../tracking/store.ts';

/** What one look may take from those who wait for a page. */
const BUDGET_MS = 50;
const FRESH_MS = 1000;

/** Runs that have news; without one, something else in the store has changed. */
export type News = readonly Pick<RecordedRun, 'run' | 'experiment'>[];

export class Feed {
  readonly #store: Store;
  readonly #runsDir: string;
  readonly #tell: (news: News) => void;
  readonly #recorder: Recorder;
  /** Of journals of runs that have not ended: bytes when we last looked. */
  readonly #sizes = new Map<string, number>();
  /** By key; runs that had ended when we last looked are forgotten. */
  #open = new Map<number, RecordedRun>();
  #newestKey = 0;
  #version: StoreVersion;
  #lookedAtMs = Number.NEGATIVE_INFINITY;

  constructor(store: Store, runsDir: string, tell: (news: News) => void) {
    this.#store = store;
    this.#runsDir = runsDir;
    this.#tell = tell;
    this.#recorder = new Recorder(store, runsDir);
    this.#version = storeVersion(store);
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
    this.#version = storeVersion(this.#store);
    if (this.#version.others !== before.others || this.#version.own !== before.own) this.#tell(this.#grown());
  }

  /** A bench that is newer than we are may have changed what our queries and our recorder rely on. */
  #requireSchema(): void {
    if (storeVersion(this.#store).schema === this.#version.schema) return;
    throw new UserError(
      `store ${this.#store.path}: another bench has changed its schema while this server ran. Stop this server and start it again.`,
      { exitCode: EXIT.noData },
    );
  }

  /** The recorder looks at quiet journals every few seconds only; who watches a slow run must not wait for that. */
  #recordOpen(): void {
    for (const { run } of this.#open.values()) {
      const bytes = statSync(join(this.#runsDir, run, runFiles.journal), { throwIfNoEntry: false })?.size;
      if (bytes === undefined || bytes === this.#sizes.get(run)) continue;
      this.#recorder.ingestRun(run);
      this.#sizes.set(run, bytes);
    }
  }

  /** Whoever recorded it: more of these runs is in the store than when we last looked. */
  #grown(): RecordedRun[] {
    const before = this.#open;
    const runs = recordedRuns(this.#store, this.#newestKey, [...before.keys()]);
    this.#open = new Map(runs.filter(({ open }) => open === 1).map(run => [run.key, run]));
    this.#newestKey = Math.max(this.#newestKey, runs.at(-1)?.key ?? 0);
    return runs.filter(({ key, bytes }) => before.get(key)?.bytes !== bytes);
  }
}
