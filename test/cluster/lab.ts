/** Projects whose experiments run on the loopback's Slurm, and what became of them. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { storePath } from '../../src/core/places.ts';
import type { RunState, RunSummary } from '../../src/core/results.ts';
import { compareJournals } from '../../src/runner/compare-journals.ts';
import { type Claim, countAttempts, lastClaim } from '../../src/runner/slurm/claims.ts';
import type { SlurmSpec } from '../../src/runner/slurm/settings.ts';
import { curves, listRuns } from '../../src/tracking/queries.ts';
import { openStore } from '../../src/tracking/store.ts';
import { Project, type RunningBench, tinyExperiment, until } from '../e2e/bench.ts';
import type { Loopback } from './loopback.ts';

/** Long enough for something to happen, on two nodes. */
const STEPS = 900;
const REFERENCE_METRIC = 'train.loss';

export interface Figures {
  cells: number;
  attempts: number;
  lost: number;
  duplicated: number;
  falseStates: string[];
  bitExact: boolean;
}

/** A running task of an array. */
export interface RunningTask {
  folder: string;
  claim: Claim;
  /** As Slurm names it. */
  id: string;
}

export class ClusterProject {
  readonly #project: Project;
  readonly slurm: Loopback;
  readonly #falseStates: string[] = [];

  constructor(slurm: Loopback, spec: SlurmSpec = {}, steps = STEPS) {
    this.slurm = slurm;
    this.#project = new Project({ tiny: tinyExperiment({ steps }) });
    const executor = JSON.stringify({ cpus: 1, ...spec });
    const config = `import { defineConfig, slurm } from 'convbench';\nexport default defineConfig({ executor: slurm(${executor}) });\n`;
    writeFileSync(join(this.#project.folder, 'bench.config.ts'), config);
  }

  get benchDir(): string {
    return join(this.#project.folder, '.bench');
  }

  run(...args: string[]): RunningBench {
    return this.#project.start('run', ...(args.length > 0 ? args : ['tiny']));
  }

  bench(...args: string[]): RunningBench {
    return this.#project.start(...args);
  }

  /** Once it trains: its claim is there, and it has said something. */
  async runningTask(bench: RunningBench): Promise<RunningTask> {
    return until(() => {
      if (bench.process.exitCode !== null) throw new Error(`bench run ended: ${bench.stderr}`);
      return this.#running().at(0);
    }, 120_000);
  }

  #running(): RunningTask[] {
    return this.folders().flatMap(folder => {
      const claim = lastClaim(folder);
      if (claim?.claimant == null || claim.end !== null || stepsWritten(folder) < 50) return [];
      const [token = '', index = ''] = claim.claimant.task.split('/');
      const [job = ''] = this.slurm.say('squeue', ['-h', '-r', `--name=${token}`, '-o', '%F']).split('\n');
      return job === '' ? [] : [{ folder, claim, id: `${job}_${index}` }];
    });
  }

  /** Its summaries come each half minute. */
  async says(bench: RunningBench, what: RegExp): Promise<void> {
    await until(() => what.test(bench.stderr) || undefined, 90_000).catch(() => {
      throw new Error(`waited in vain for ${what}: ${bench.stderr}`);
    });
  }

  folders(): string[] {
    const runs = join(this.benchDir, 'runs');
    return existsSync(runs) ? readdirSync(runs).map(name => join(runs, name)) : [];
  }

  async states(): Promise<RunSummary[]> {
    return this.#project.json<RunSummary[]>('list');
  }

  /** What must be true now, and is said if it is not. */
  async expectState(folder: string, state: RunState, reason = /(?:)/): Promise<void> {
    const found = (await this.states()).find(({ id }) => folder.endsWith(id));
    if (found?.state === state && reason.test(found.reason ?? '')) return;
    this.#falseStates.push(`${folder}: expected ${state} ${reason}, got ${found?.state}: ${found?.reason}`);
  }

  copyRun(folder: string, name: string): void {
    mkdirSync(join(this.benchDir, 'runs', name));
    cpSync(folder, join(this.benchDir, 'runs', name), { recursive: true });
  }

  /** Compares with a local run's project; every cell must be finished once, with the same bits at every step. */
  figures(reference: ClusterProject): Figures {
    const [own, theirs] = [finishedRuns(this.benchDir), finishedRuns(reference.benchDir)];
    const pairs = theirs.map(one => ({ one, same: own.filter(run => keyOf(run) === keyOf(one)) }));
    const first = ({ same }: (typeof pairs)[number]): RunSummary[] => same.slice(0, 1);
    const matched = pairs.flatMap(pair => first(pair).map(run => ({ one: pair.one, run })));
    return {
      cells: theirs.length,
      attempts: this.folders().reduce((sum, folder) => sum + countAttempts(folder).all, 0),
      lost: pairs.filter(({ same }) => same.length === 0).length,
      duplicated: pairs.filter(({ same }) => same.length > 1).length + repeatedSteps(this.benchDir),
      falseStates: this.#falseStates,
      bitExact: matched.every(({ one, run }) => isSame(reference.benchDir, one, this.benchDir, run)),
    };
  }

  remove(): void {
    this.#project.remove();
  }
}

const keyOf = ({ arm, seed }: RunSummary): string => `${arm} ${seed}`;

function finishedRuns(benchDir: string): RunSummary[] {
  const store = openStore(storePath(benchDir));
  try {
    return listRuns(store, {}).filter(run => run.state === 'finished');
  } finally {
    store.close();
  }
}

/** Steps that the store has twice, or not at all, of finished runs. */
function repeatedSteps(benchDir: string): number {
  const store = openStore(storePath(benchDir));
  try {
    const finished = listRuns(store, {}).filter(run => run.state === 'finished');
    const counts = finished.map(({ id, steps }) => {
      const points = curves(store, { runs: [id], metrics: [REFERENCE_METRIC] })[0]?.points ?? [];
      return Math.abs(points.length - steps);
    });
    return counts.reduce((sum, count) => sum + count, 0);
  } finally {
    store.close();
  }
}

/** Both ways: neither has a step that the other has not. And the figures at the end. */
function isSame(dirA: string, a: RunSummary, dirB: string, b: RunSummary): boolean {
  const [first, second] = [join(dirA, 'runs', a.id, 'journal'), join(dirB, 'runs', b.id, 'journal')];
  const ends = ['train.loss', 'test.loss', 'test.top1'].every(name => Object.is(a.metrics[name], b.metrics[name]));
  return ends && compareJournals(first, second).same && compareJournals(second, first).same;
}

/** Roughly: of an event's bytes. */
function stepsWritten(folder: string): number {
  const journal = join(folder, 'journal');
  return existsSync(journal) ? readFileSync(journal, 'latin1').split('"type":"points"').length - 1 : 0;
}
