/** A cell whose training is pretended: its claim, its journal and its end are what a real one's are. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Json } from '../../src/core/ids.ts';
import { encodeFrame, JOURNAL_MAGIC, type JournalEvent } from '../../src/core/journal.ts';
import { runFiles } from '../../src/core/places.ts';
import { processStart } from '../../src/core/process.ts';
import { claim, endAttempt, lastClaim } from '../../src/runner/slurm/claims.ts';
import type { SubmittedTask } from '../../src/runner/slurm/submission.ts';
import { lastWords } from '../../src/runner/witness.ts';

const START = processStart(process.pid) ?? '';
/** Of a process with our number that has ended. */
const GONE = START.replace(/ \d+/, ' 1');

export class PlayedCell {
  readonly #folder: string;
  readonly #journal: string;
  readonly #attempt: number;
  readonly #steps: number;
  readonly #isLost: boolean;
  #step: number;

  /** Claims it. `isLost`: it will end in the middle as if its node had lost its power. */
  constructor({ folder, run }: SubmittedTask, task: string, steps: number, isLost: boolean) {
    this.#folder = folder;
    this.#journal = join(folder, runFiles.journal);
    this.#steps = steps;
    this.#attempt = (lastClaim(folder)?.attempt ?? 0) + 1;
    this.#isLost = isLost && this.#attempt === 1;
    const who = { pid: process.pid, processStart: this.#isLost ? GONE : START, host: hostname() };
    if (!claim(folder, this.#attempt, { task, ...who })) throw new Error(`${run}: claimed twice`);
    this.#step = this.#attempt === 1 ? 0 : lastWords(this.#journal).step;
    const { cell } = JSON.parse(readFileSync(join(folder, runFiles.spec), 'utf8')) as { cell: Json };
    const time = Date.now();
    this.#append(
      { type: 'attempt', time, run, attempt: this.#attempt, ...who, fromStep: this.#step },
      { type: 'cell', time, cell },
    );
  }

  /** One step; false once it is over. */
  advance(): boolean {
    this.#append({ type: 'points', time: Date.now(), step: ++this.#step, values: valuesAt(this.#step) });
    if (this.#isLost && this.#step >= this.#steps / 2) return false;
    if (this.#step < this.#steps) return true;
    this.#finish();
    return false;
  }

  get state(): 'COMPLETED' | 'NODE_FAIL' {
    return this.#isLost ? 'NODE_FAIL' : 'COMPLETED';
  }

  #finish(): void {
    const time = Date.now();
    const figures = Object.entries({ 'train.loss': 1 / this.#step, 'test.top1': 0.5, imagesPerSecond: 1000 });
    this.#append(...figures.map(([name, value]): JournalEvent => ({ type: 'metric', time, name, value })), {
      type: 'end',
      time,
      state: 'finished',
      step: this.#step,
    });
    endAttempt(this.#folder, this.#attempt, { exitCode: 0, signal: null, settled: true, stopped: false });
  }

  /** Not synced: one disk stands for those of a thousand nodes. */
  #append(...events: JournalEvent[]): void {
    const magic = existsSync(this.#journal) ? [] : [JOURNAL_MAGIC];
    appendFileSync(this.#journal, Buffer.concat([...magic, ...events.map(encodeFrame)]), { mode: 0o600 });
  }
}

export const valuesAt = (step: number) => ({ 'train.loss': 1 / step, 'train.top1': 1 / (1 + step) });
