/** kill -9 at random moments: of a writer, of a recorder, of the process that started workers, of its workers. */
import { setTimeout as sleep } from 'node:timers/promises';
import { openJournal } from '../../src/runner/journal-writer.ts';
import { attempt, cellEvent, point } from '../tracking/events.ts';
import { Ground, type Running, stateFault } from './ground.ts';
import type { FaultResult } from './kinds.ts';
import type { Trial } from './trial.ts';

const FRAMES_PER_MOMENT = 400;
const PARENT_RUNS = 2;
const WORKER_PATIENCE_MS = 30_000;

/** Nobody started it that could tell of its end: crashed, at the next look. */
export async function killWriters(moments: number): Promise<FaultResult> {
  const ground = new Ground();
  const trials: Trial[] = [];
  try {
    for (let i = 0; i < moments; i++) trials.push(await killWriter(ground));
    return { trials, runs: ground.runCount };
  } finally {
    ground.remove();
  }
}

async function killWriter(ground: Ground): Promise<Trial> {
  const run = ground.newRun();
  const writer = ground.start('writer', [ground.folderOf(run)]);
  await writer.says('writes');
  const delayMs = await randomDelay(40);
  const alive = stateFault(ground.look(), run, 'running');
  await writer.kill();
  const { found, figures } = ground.examine([run]);
  const dead = stateFault(found, run, 'crashed', /is gone without a word$/);
  return {
    kind: 'kill -9 of a writer',
    pid: writer.pid,
    moment: `${delayMs.toFixed(1)} ms after its first step`,
    ...figures,
    falseStates: [...alive, ...dead],
  };
}

/** Journals grow while a recorder follows; each time it is killed, the store must be whole, and what is left comes later. */
export async function killRecorders(moments: number): Promise<FaultResult> {
  const ground = new Ground();
  const journals = [1, 2, 3, 4].map(() => {
    const run = ground.newRun();
    const journal = openJournal(`${ground.folderOf(run)}/journal`);
    journal.append(attempt(run));
    journal.append(cellEvent({ seed: ground.runCount, identity: run }));
    return { run, journal, step: 0 };
  });
  try {
    const trials: Trial[] = [];
    for (let i = 0; i < moments; i++) {
      const recorder = ground.start('recorder', [ground.dir]);
      await recorder.says('follows');
      const endMs = performance.now() + Math.random() * 60;
      let appended = 0;
      while (performance.now() < endMs || appended === 0) {
        for (const one of journals) {
          for (let n = 0; n < FRAMES_PER_MOMENT / 4; n++) one.journal.append(point(++one.step));
          ground.acknowledge(one.run, one.step);
          appended += FRAMES_PER_MOMENT / 4;
        }
        await sleep(1);
      }
      await recorder.kill();
      trials.push(judgeRecorder(ground, journals, recorder, appended));
    }
    for (const { journal } of journals) journal.close();
    return { trials: onlyNewPoints(trials), runs: ground.runCount };
  } finally {
    ground.remove();
  }
}

function judgeRecorder(
  ground: Ground,
  journals: readonly { run: string }[],
  recorder: Running,
  appended: number,
): Trial {
  const runs = journals.map(({ run }) => run);
  const { found, figures } = ground.examine(runs);
  return {
    kind: 'kill -9 of a recorder',
    pid: recorder.pid,
    moment: `${appended} points after it began to follow`,
    ...figures,
    falseStates: runs.flatMap(run => stateFault(found, run, 'running')),
  };
}

/** The same journals grow through all moments: each line counts what came with it. */
function onlyNewPoints(trials: readonly Trial[]): Trial[] {
  return trials.map((trial, i) => ({
    ...trial,
    acknowledged: trial.acknowledged - (trials[i - 1]?.acknowledged ?? 0),
    found: trial.found - (trials[i - 1]?.found ?? 0),
  }));
}

/** Its workers notice, stop by themselves and say so, whether they had begun or not. */
export async function killParents(moments: number): Promise<FaultResult> {
  return withParents(moments, async (ground, parent, workers) => {
    const delayMs = await randomDelay(900);
    await parent.kill();
    const runs = [...workers.keys()];
    await Promise.all([...workers.values()].map(untilGone));
    const { found, figures } = ground.examine(runs);
    return {
      kind: 'kill -9 of the parent',
      pid: parent.pid,
      moment: `${delayMs.toFixed(0)} ms after it started its workers`,
      ...figures,
      falseStates: runs.flatMap(run => stateFault(found, run, 'killed', /the end of the process that started it/)),
    };
  });
}

/** Whoever started them sees it and says so, also of one that had not said its first word. */
export async function killWorkers(moments: number): Promise<FaultResult> {
  return withParents(moments, async (ground, parent, workers) => {
    const delayMs = await randomDelay(900);
    for (const pid of workers.values()) process.kill(pid, 'SIGKILL');
    await parent.ended;
    const runs = [...workers.keys()];
    const { found, figures } = ground.examine(runs);
    return {
      kind: 'kill -9 of workers under a parent',
      pid: [...workers.values()][0] ?? 0,
      moment: `${delayMs.toFixed(0)} ms after they were started`,
      ...figures,
      falseStates: runs.flatMap(run =>
        stateFault(found, run, 'killed', /^killed by SIGKILL( before its first word)?$/),
      ),
    };
  });
}

/** All of them at one moment: nobody is left to tell. What had begun has crashed, what had not is pending. */
export async function killAll(moments: number): Promise<FaultResult> {
  return withParents(moments, async (ground, parent, workers) => {
    const delayMs = await randomDelay(900);
    // Stopped first: else one may see another's end, and still say so.
    const pids = [...workers.values(), parent.pid];
    for (const signal of ['SIGSTOP', 'SIGKILL']) for (const pid of pids) process.kill(pid, signal);
    await parent.ended;
    await Promise.all([...workers.values()].map(untilGone));
    const runs = [...workers.keys()];
    const { found, figures } = ground.examine(runs);
    const states = runs.flatMap(run => {
      const began = (found.states.get(run)?.attempts ?? 0) > 0;
      return stateFault(found, run, began ? 'crashed' : 'pending');
    });
    return {
      kind: 'kill -9 of parent and workers together',
      pid: parent.pid,
      moment: `${delayMs.toFixed(0)} ms after the workers were started`,
      ...figures,
      falseStates: states,
    };
  });
}

async function withParents(
  moments: number,
  trial: (ground: Ground, parent: Running, workers: ReadonlyMap<string, number>) => Promise<Trial>,
): Promise<FaultResult> {
  const ground = new Ground();
  try {
    const trials: Trial[] = [];
    for (let i = 0; i < moments; i++) {
      const runs = Array.from({ length: PARENT_RUNS }, () => ground.newRun());
      const parent = ground.start('parent', [ground.dir, ...runs], { PACE_MS: '1' });
      await parent.says('started');
      const lines = parent.stdout.trim().split('\n').slice(0, -1);
      const workers = new Map(
        lines.map(line => line.split(' ') as [string, string]).map(([run, pid]) => [run, Number(pid)]),
      );
      trials.push(await trial(ground, parent, workers));
    }
    return { trials, runs: ground.runCount };
  } finally {
    ground.remove();
  }
}

async function randomDelay(mostMs: number): Promise<number> {
  const startMs = performance.now();
  await sleep(Math.random() * mostMs);
  return performance.now() - startMs;
}

/** Not our child: we can only ask whether it is there. */
async function untilGone(pid: number): Promise<void> {
  const endMs = performance.now() + WORKER_PATIENCE_MS;
  while (isThere(pid)) {
    if (performance.now() > endMs) {
      process.kill(pid, 'SIGKILL');
      throw new Error(`worker ${pid} did not stop within ${WORKER_PATIENCE_MS / 1000} s after its parent was killed`);
    }
    await sleep(5);
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
