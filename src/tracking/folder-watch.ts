import { readdirSync, statSync } from 'node:fs';
import { describeError, errorCode, UserError } from '../core/errors.ts';

/** A journal that has not grown for so long is looked at only together with all the others. */
const QUIET_MS = 10_000;
const FULL_LOOK_MS = 2000;

/** Names of all run folders, sorted; none if there is no such folder yet. */
export function runNames(runsDir: string): string[] {
  try {
    return readdirSync(runsDir).sort();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw new UserError(`could not read the runs in ${runsDir}: ${describeError(error)}.`, { cause: error });
  }
}

/**
 * Which run folders are worth a look now: those that grew a moment ago and new ones each time, all of them every two
 * seconds. So a tick beside ten thousand old runs costs what the few running ones cost.
 */
export class FolderWatch {
  readonly #runsDir: string;
  /** Name → when its journal grew last, on the monotonic clock. */
  #grewAtMs = new Map<string, number>();
  #changedAtMs = Number.NaN;
  #fullLookAtMs = Number.NEGATIVE_INFINITY;

  constructor(runsDir: string) {
    this.#runsDir = runsDir;
  }

  names(nowMs = performance.now()): string[] {
    const isFull = nowMs - this.#fullLookAtMs >= FULL_LOOK_MS;
    if (isFull || this.#hasChanged()) this.#learnNames(nowMs);
    if (!isFull) return this.#lively(nowMs);
    this.#fullLookAtMs = nowMs;
    return [...this.#grewAtMs.keys()];
  }

  grew(name: string, nowMs = performance.now()): void {
    this.#grewAtMs.set(name, nowMs);
  }

  #lively(nowMs: number): string[] {
    return [...this.#grewAtMs].filter(([, grewAtMs]) => nowMs - grewAtMs < QUIET_MS).map(([name]) => name);
  }

  /** A folder that appears or goes changes the time of the one that holds it. */
  #hasChanged(): boolean {
    const changedAtMs = statSync(this.#runsDir, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (changedAtMs === this.#changedAtMs) return false;
    this.#changedAtMs = changedAtMs;
    return true;
  }

  #learnNames(nowMs: number): void {
    const known = this.#grewAtMs;
    // What is there when we begin is old until it grows; what appears later is about to.
    const otherwise = this.#fullLookAtMs === Number.NEGATIVE_INFINITY ? Number.NEGATIVE_INFINITY : nowMs;
    this.#grewAtMs = new Map(runNames(this.#runsDir).map(name => [name, known.get(name) ?? otherwise]));
  }
}
