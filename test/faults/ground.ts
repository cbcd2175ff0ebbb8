/** A folder with runs and a store, in which processes are started and come to harm. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, mkdirSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorCode } from '../../src/core/errors.ts';
import type { RunSummary } from '../../src/core/results.ts';
import { curves, listRuns } from '../../src/tracking/queries.ts';
import { Recorder } from '../../src/tracking/recorder.ts';
import { openStore, type Store } from '../../src/tracking/store.ts';
import { makeCell } from '../tracking/events.ts';
import { programArguments } from '../typescript-program.ts';
import type { Trial } from './trial.ts';

const ACK_BYTES = 4;

/** The arguments of node for one of the programs in processes/. */
export const programOf = (name: string): string[] => programArguments(`processes/${name}.ts`, import.meta.url);

export interface Found {
  states: Map<string, RunSummary>;
  /** Run → steps of its curve, in order. */
  steps: Map<string, number[]>;
  integrity: string;
  problems: string[];
}

type Figures = Pick<Trial, 'acknowledged' | 'found' | 'lost' | 'duplicated' | 'integrity'>;

export interface Examined {
  found: Found;
  figures: Figures;
}

export class Ground {
  readonly dir = mkdtempSync(join(tmpdir(), 'faults-'));
  readonly runs = join(this.dir, 'runs');
  readonly storePath = join(this.dir, 'store.sqlite');
  readonly #pipes = new Map<string, number>();
  readonly #acknowledged = new Map<string, number>();
  readonly #children = new Set<ChildProcess>();
  #made = 0;

  constructor() {
    for (const folder of [this.runs, join(this.dir, 'pipes')]) mkdirSync(folder);
  }

  get runCount(): number {
    return this.#made;
  }

  /** Makes the folder of a run that has not begun, and a pipe by which its writer acknowledges steps. */
  newRun(): string {
    const run = (0xa00000000000 + ++this.#made).toString(16);
    mkdirSync(join(this.runs, run));
    const cell = makeCell({ seed: this.#made, identity: run });
    writeFileSync(join(this.runs, run, 'run.json'), JSON.stringify({ run, cell }));
    const pipe = join(this.dir, 'pipes', run);
    spawnSync('mkfifo', [pipe]);
    // Open for writing too: so it is never at its end, and a writer need not wait for us.
    this.#pipes.set(run, openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK));
    this.#acknowledged.set(run, 0);
    return run;
  }

  folderOf(run: string): string {
    return join(this.runs, run);
  }

  /** The last step that the run's writer acknowledged so far. */
  acknowledged(run: string): number {
    const buffer = Buffer.alloc(65_536);
    for (;;) {
      const bytes = readIfAny(this.#pipes.get(run) as number, buffer);
      if (bytes < ACK_BYTES) return this.#acknowledged.get(run) as number;
      this.#acknowledged.set(run, buffer.readUInt32LE(bytes - ACK_BYTES));
    }
  }

  /** Without a writer process: what was appended by ourselves. */
  acknowledge(run: string, step: number): void {
    this.#acknowledged.set(run, step);
  }

  start(name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}, uid?: number): Running {
    const child = spawn(process.execPath, [...programOf(name), ...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, PIPES: join(this.dir, 'pipes'), ...env },
      ...(uid !== undefined && { uid, gid: uid }),
    });
    this.#children.add(child);
    return new Running(child);
  }

  /** Records everything, and asks the store for states and, of these runs, for all steps. */
  look(stepsOfRuns: readonly string[] = []): Found {
    const store = openStore(this.storePath);
    try {
      const { problems } = new Recorder(store, this.runs).ingestAll();
      const runs = listRuns(store, {});
      return {
        states: new Map(runs.map(run => [run.id, run])),
        steps: new Map(stepsOfRuns.map(run => [run, stepsOf(store, run)])),
        integrity: integrityOf(store),
        problems,
      };
    } finally {
      store.close();
    }
  }

  /**
   * What of these runs' steps, which each is written once, from 1, is in the store. Acknowledged is what was so before
   * we looked: a writer that lives goes on meanwhile.
   */
  examine(runs: readonly string[]): Examined {
    const acknowledged = runs.map(run => this.acknowledged(run));
    const found = this.look(runs);
    const figures: Figures = { acknowledged: 0, found: 0, lost: 0, duplicated: 0, integrity: found.integrity };
    runs.forEach((run, i) => {
      const steps = found.steps.get(run) ?? [];
      const distinct = new Set(steps);
      const last = acknowledged[i] as number;
      figures.acknowledged += last;
      figures.found += steps.length;
      figures.duplicated += steps.length - distinct.size;
      for (let step = 1; step <= last; step++) if (!distinct.has(step)) figures.lost++;
    });
    return { found, figures };
  }

  remove(): void {
    for (const child of this.#children) child.kill('SIGKILL');
    for (const fd of this.#pipes.values()) closeSync(fd);
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** A started program, and what it says. */
export class Running {
  readonly process: ChildProcess;
  readonly ended: Promise<{ code: number | null; signal: string | null }>;
  stdout = '';
  stderr = '';

  constructor(child: ChildProcess) {
    this.process = child;
    child.stdout?.on('data', data => {
      this.stdout += data;
    });
    child.stderr?.on('data', data => {
      this.stderr += data;
    });
    this.ended = once(child, 'close').then(([code, signal]) => ({ code, signal }));
  }

  get pid(): number {
    return this.process.pid as number;
  }

  /** Until it has said this on stdout. Throws if it ends before. */
  async says(word: string): Promise<void> {
    let isOver = false;
    void this.ended.then(() => {
      isOver = true;
    });
    while (!this.stdout.includes(word)) {
      if (isOver) throw new Error(`ended before it said "${word}": ${this.stderr}`);
      await new Promise(resolve => setTimeout(resolve, 2));
    }
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.process.kill(signal);
    await this.ended;
  }
}

/** Words for what should be true of the run and is not; empty if it is. */
export function stateFault(found: Found, run: string, state: string, reason: RegExp = /(?:)/): string[] {
  const listed = found.states.get(run);
  if (listed?.state === state && reason.test(listed.reason ?? '')) return [];
  return [`run ${run}: expected ${state} ${reason}, got ${listed?.state ?? 'nothing'}: ${listed?.reason}`];
}

export function stepsOf(store: Store, run: string): number[] {
  return curves(store, { runs: [run], metrics: ['train.loss'] })[0]?.points.map(([step]) => step) ?? [];
}

export function integrityOf(store: Store): string {
  return store.read(() => store.prepare<string>('PRAGMA integrity_check', 'pluck').all()).join('; ');
}

function readIfAny(fd: number, buffer: Buffer): number {
  try {
    return readSync(fd, buffer);
  } catch (error) {
    if (errorCode(error) === 'EAGAIN') return 0;
    throw error;
  }
}
