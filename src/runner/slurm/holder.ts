/** Whether the process that has a run still works on it. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { runFiles } from '../../core/places.ts';
import { processFate } from '../../core/process.ts';
import { lastWords } from '../witness.ts';
import type { Claim } from './claims.ts';

/** A worker gives a sign of life each 15 s, and the file server's news may take a while: four of them. */
export const LEASE_MS = 60_000;

/** `unsure`: it is where we cannot look, and we have not listened for long enough. */
export type HolderFate = 'alive' | 'gone' | 'unsure';

/** Listens to a run: whether its journal grows, by our own clock. */
export class Holder {
  readonly #folder: string;
  readonly #leaseMs: number;
  #claim = 0;
  #bytes = -1;
  #heardAtMs = 0;
  #hasSpoken = false;

  constructor(folder: string, leaseMs = LEASE_MS) {
    this.#folder = folder;
    this.#leaseMs = leaseMs;
  }

  /** To be asked again and again. */
  fate({ attempt, claimant, end }: Claim, nowMs = performance.now()): HolderFate {
    if (end !== null) return 'gone';
    const fate = claimant === null ? 'elsewhere' : processFate(claimant);
    if (fate === 'gone') return this.#fateOfWorker();
    if (fate === 'alive') return fate;
    this.#listen(attempt, nowMs);
    if (nowMs - this.#heardAtMs >= this.#leaseMs) return 'gone';
    return this.#hasSpoken ? 'alive' : 'unsure';
  }

  /** A worker whose task was killed lives until its next step, and writes a checkpoint. */
  #fateOfWorker(): HolderFate {
    const worker = lastWords(join(this.#folder, runFiles.journal));
    return !worker.ended && processFate(worker) === 'alive' ? 'alive' : 'gone';
  }

  #listen(attempt: number, nowMs: number): void {
    const bytes = statSync(join(this.#folder, runFiles.journal), { throwIfNoEntry: false })?.size ?? 0;
    if (attempt === this.#claim && bytes === this.#bytes) return;
    this.#hasSpoken = attempt === this.#claim;
    this.#claim = attempt;
    this.#bytes = bytes;
    this.#heardAtMs = nowMs;
  }
}
