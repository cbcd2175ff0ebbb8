/** Real training, killed and gone on with again and again, with a damaged checkpoint on the way: the same bits. */
import { existsSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runFiles, storePath } from '../../src/core/places.ts';
import type { RunSummary } from '../../src/core/results.ts';
import { journalEvents } from '../../src/runner/journal-events.ts';
import { openStore } from '../../src/tracking/store.ts';
import { Project, tinyExperiment, until } from '../e2e/bench.ts';
import { integrityOf, stepsOf } from './ground.ts';
import type { FaultResult } from './kinds.ts';
import { diskFault } from './shim.ts';
import type { Trial } from './trial.ts';

const STEPS = 600;
const STEPS_BETWEEN = 10;
const FULL_STORE_STEPS = 150;
/** Calls that write to the store and go well: it is made by then. */
const FULL_STORE_CALLS = 200;

/** Needs the compiled `bench` and its data, as the tests of test/e2e do. */
export async function killTraining(moments: number): Promise<FaultResult> {
  const project = new Project({ long: tinyExperiment({ id: 'long', steps: STEPS }) });
  try {
    const trials: Trial[] = [];
    trials.push(await fillStore());
    for (let i = 0; i < moments; i++) trials.push(await (i % 2 === 0 ? killBench(project) : killWorker(project)));
    trials.push(await finishTheSame(project));
    return { trials, runs: (await runsOf(project)).length };
  } finally {
    project.remove();
  }
}

/** The store refuses while cells are trained: they go on to their end, and are recorded once there is room. */
async function fillStore(): Promise<Trial> {
  const project = new Project({ long: tinyExperiment({ id: 'long', steps: FULL_STORE_STEPS }) });
  try {
    const under = storePath(join(project.folder, '.bench'));
    const fault = diskFault({ under, after: FULL_STORE_CALLS, errno: 'ENOSPC' });
    const bench = startWith(fault, () => project.start('run', 'long'));
    const { exitCode, stderr } = await bench.outcome;
    const [run] = (await runsOf(project)) as [RunSummary];
    const seen = { kind: 'a full disk below the store of bench run', pid: bench.process.pid as number };
    const trial = await judge(project, { ...seen, run: run.id, before: FULL_STORE_STEPS }, 'finished');
    const told = /The cells go on, but: store .*The disk is full/.test(stderr) ? [] : [`it was not told: ${stderr}`];
    return { ...trial, falseStates: [...trial.falseStates, ...told], note: `bench run ended with ${exitCode}` };
  } finally {
    project.remove();
  }
}

/** Its workers stop at their next step, with a checkpoint. */
async function killBench(project: Project): Promise<Trial> {
  const bench = project.start('run', 'long');
  const [run, before] = await runningFarther(project);
  bench.process.kill('SIGKILL');
  await bench.outcome;
  await until(async () => (await runsOf(project)).every(({ state }) => state !== 'running') || undefined);
  const seen = { kind: 'kill -9 of bench run', pid: bench.process.pid as number, run, before };
  return judge(project, seen, 'killed', /end of the process that started it/);
}

/** The bench sees it, and stops the other when it is asked to. */
async function killWorker(project: Project): Promise<Trial> {
  const bench = project.start('run', 'long');
  const [run, before] = await runningFarther(project);
  const pid = pidOf(project, run);
  process.kill(pid, 'SIGKILL');
  await sleep(100);
  bench.process.kill('SIGINT');
  await bench.outcome;
  return judge(project, { kind: 'kill -9 of a training worker', pid, run, before }, 'killed', /^killed by SIGKILL$/);
}

/** The last checkpoint of a run is damaged, `bench resume` takes the one before it, and the whole run verifies. */
async function finishTheSame(project: Project): Promise<Trial> {
  const runs = await runsOf(project);
  const folders = runs.map(({ id }) => join(project.folder, '.bench/runs', id));
  const damaged = folders.filter(folder => existsSync(join(folder, runFiles.previousCheckpoint)));
  for (const folder of damaged) truncateSync(join(folder, runFiles.checkpoint), 1000);
  const falseStates: string[] = [];
  for (const { id } of runs) {
    const resumed = await project.bench('resume', id);
    if (resumed.exitCode !== 0) falseStates.push(`resume ${id}: ${resumed.stderr}`);
    const verified = await project.bench('verify', id);
    if (verified.exitCode !== 0) falseStates.push(`verify ${id}: ${verified.stdout}${verified.stderr}`);
  }
  const [first] = runs as [RunSummary];
  const seen = { kind: 'resumed to the end, bit for bit', pid: 0, run: first.id, before: first.step };
  const trial = await judge(project, seen, 'finished');
  const attempts = (await runsOf(project)).map(run => run.attempts).join(' and ');
  const note = `${damaged.length} damaged checkpoints; ${attempts} attempts`;
  return { ...trial, falseStates: [...trial.falseStates, ...falseStates], note };
}

/** What is started in `action` inherits these variables. */
function startWith<T>(variables: NodeJS.ProcessEnv, action: () => T): T {
  const before = { ...process.env };
  Object.assign(process.env, variables);
  try {
    return action();
  } finally {
    for (const name of Object.keys(variables)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

/** Waits until a run has gone some steps beyond where it stood, and a random while longer. */
async function runningFarther(project: Project): Promise<[run: string, step: number]> {
  const stood = new Map((await runsOf(project)).map(({ id, step }) => [id, step]));
  const isFarther = ({ id, state, step }: RunSummary): boolean =>
    state === 'running' && step >= (stood.get(id) ?? 0) + STEPS_BETWEEN;
  const run = await until(async () => (await runsOf(project)).find(isFarther));
  await sleep(Math.random() * 300);
  return [run.id, run.step];
}

const runsOf = (project: Project): Promise<RunSummary[]> => project.json<RunSummary[]>('list');

function pidOf(project: Project, run: string): number {
  const events = [...journalEvents(join(project.folder, '.bench/runs', run, runFiles.journal))];
  return events.findLast(event => event.type === 'attempt')?.pid as number;
}

interface Seen {
  kind: string;
  pid: number;
  /** The run, and the step it had told of before the kill: those steps are acknowledged. */
  run: string;
  before: number;
}

async function judge(
  project: Project,
  { kind, pid, run, before }: Seen,
  state: string,
  reason = /(?:)/,
): Promise<Trial> {
  const after = (await runsOf(project)).find(({ id }) => id === run);
  const isTrue = after?.state === state && reason.test(after.reason ?? '');
  const store = openStore(storePath(join(project.folder, '.bench')), { readonly: true });
  const [steps, integrity] = [stepsOf(store, run), integrityOf(store)];
  store.close();
  const distinct = new Set(steps);
  const acknowledged = Array.from({ length: before }, (_, i) => i + 1);
  return {
    kind,
    pid,
    moment: `after step ${before}`,
    acknowledged: before,
    found: steps.length,
    lost: acknowledged.filter(step => !distinct.has(step)).length,
    duplicated: steps.length - distinct.size,
    falseStates: isTrue ? [] : [`expected ${state} ${reason}, got ${after?.state}: ${after?.reason}`],
    integrity,
  };
}
