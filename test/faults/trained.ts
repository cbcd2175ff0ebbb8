/** Real training, killed and gone on with again and again, with a damaged checkpoint on the way: the same bits. */
import { existsSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runFiles } from '../../src/core/places.ts';
import type { RunSummary } from '../../src/core/results.ts';
import { journalEvents } from '../../src/runner/journal-events.ts';
import { Project, tinyExperiment, until } from '../e2e/bench.ts';
import type { FaultResult } from './kinds.ts';
import type { Trial } from './trial.ts';

const STEPS = 600;
const STEPS_BETWEEN = 10;

/** Needs the compiled `bench` and its data, as the tests of test/e2e do. */
export async function killTraining(moments: number): Promise<FaultResult> {
  const project = new Project({ long: tinyExperiment({ id: 'long', steps: STEPS }) });
  try {
    const trials: Trial[] = [];
    for (let i = 0; i < moments; i++) trials.push(await (i % 2 === 0 ? killBench(project) : killWorker(project)));
    trials.push(await finishTheSame(project));
    return { trials, runs: (await runsOf(project)).length };
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
  const after = await until(async () => (await runsOf(project)).every(({ state }) => state !== 'running') || undefined)
    .then(() => runsOf(project))
    .then(runs => runs.find(({ id }) => id === run));
  return trialOf(
    'kill -9 of bench run',
    bench.process.pid as number,
    before,
    after,
    'killed',
    /end of the process that/,
  );
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
  const after = (await runsOf(project)).find(({ id }) => id === run);
  return trialOf('kill -9 of a training worker', pid, before, after, 'killed', /^killed by SIGKILL$/);
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
  const after = await runsOf(project);
  return {
    ...trialOf('resumed to the end, bit for bit', 0, 0, after[0], 'finished'),
    falseStates,
    note: `${damaged.length} damaged checkpoints; attempts: ${after.map(({ attempts }) => attempts).join(', ')}`,
  };
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

/** What a worker had told before the kill is acknowledged: its steps, as `bench list` gave them. */
function trialOf(
  kind: string,
  pid: number,
  before: number,
  after: RunSummary | undefined,
  state: string,
  reason = /(?:)/,
): Trial {
  const found = after?.step ?? 0;
  const isTrue = after?.state === state && reason.test(after.reason ?? '');
  return {
    kind,
    pid,
    moment: `after step ${before}`,
    acknowledged: before,
    found,
    lost: Math.max(0, before - found),
    duplicated: 0,
    falseStates: isTrue ? [] : [`expected ${state} ${reason}, got ${after?.state}: ${after?.reason}`],
    integrity: 'ok',
  };
}
