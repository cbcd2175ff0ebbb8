/** What happens to experiments on a cluster: each does it to one, and sees it through. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { SlurmSpec } from '../../src/runner/slurm/settings.ts';
import type { RunningBench } from '../e2e/bench.ts';
import type { ClusterProject } from './lab.ts';

export interface Fault {
  settings?: SlurmSpec;
  /** Slow enough for it to come. */
  isLong?: true;
  /** Some cell needs a second attempt: without one the fault did not come. */
  interrupts?: true;
  inflict(project: ClusterProject): Promise<void>;
}

/** What a controller that is killed has forgotten: the last seconds. */
const UNSAVED_MS = 7000;

export const FAULTS: Record<string, Fault> = {
  'task killed': {
    interrupts: true,
    async inflict(project) {
      const bench = project.run();
      const { claim } = await project.runningTask(bench);
      process.kill(claim.claimant?.pid as number, 'SIGKILL');
      await through(bench);
    },
  },
  requeue: {
    interrupts: true,
    async inflict(project) {
      const bench = project.run();
      const { id } = await project.runningTask(bench);
      project.slurm.say('scontrol', ['requeue', id]);
      await through(bench);
    },
  },
  'task cancelled': {
    interrupts: true,
    async inflict(project) {
      const bench = project.run();
      const { id, folder } = await project.runningTask(bench);
      project.slurm.say('scancel', [id]);
      await bench.outcome;
      await project.expectState(folder, 'killed', /SIGTERM/);
      await through(project.run());
    },
  },
  'array cancelled': {
    interrupts: true,
    async inflict(project) {
      const bench = project.run();
      const { folder } = await project.runningTask(bench);
      await through(project.bench('cancel', 'tiny'));
      await bench.outcome;
      await project.expectState(folder, 'killed', /SIGTERM/);
      await through(project.run());
    },
  },
  'controller killed': {
    async inflict(project) {
      const bench = project.run();
      const { folder } = await project.runningTask(bench);
      await project.slurm.killController();
      await delay(UNSAVED_MS);
      await project.expectState(folder, 'running');
      project.slurm.startController();
      await through(bench);
    },
  },
  'node lost': {
    interrupts: true,
    async inflict(project) {
      const bench = project.run();
      await project.runningTask(bench);
      await project.slurm.killNode('n1');
      await delay(UNSAVED_MS);
      project.slurm.startNode('n1');
      await through(bench);
    },
  },
  'bench run killed': {
    async inflict(project) {
      const bench = project.run();
      const { folder } = await project.runningTask(bench);
      bench.process.kill('SIGKILL');
      await bench.outcome;
      await project.expectState(folder, 'running');
      await through(project.run());
    },
  },
  'array submitted twice': {
    async inflict(project) {
      const bench = project.run();
      await project.runningTask(bench);
      const arrays = join(project.benchDir, 'slurm');
      for (const token of readdirSync(arrays)) project.slurm.say('sbatch', [join(arrays, token, 'script.sh')]);
      await through(bench);
    },
  },
  'followed from two machines': {
    async inflict(project) {
      const bench = project.run();
      await project.runningTask(bench);
      // On another machine the lock's process is not to be seen.
      rmSync(join(project.benchDir, 'locks/tiny'));
      await Promise.all([through(project.run()), through(bench)]);
    },
  },
  'journal copied twice': {
    async inflict(project) {
      await through(project.run());
      const [folder = ''] = project.folders();
      for (const name of ['c0ffee000001', 'c0ffee000002']) project.copyRun(folder, name);
      await project.expectState(folder, 'finished');
      for (const name of ['c0ffee000001', 'c0ffee000002'])
        rmSync(join(project.benchDir, 'runs', name), { recursive: true });
    },
  },
  'task throttled and held': {
    settings: { arrayLimit: 1 },
    isLong: true,
    async inflict(project) {
      const bench = project.run();
      const { id, folder } = await project.runningTask(bench);
      await project.says(bench, /waiting: 1 JobArrayTaskLimit/);
      const other = id.replace(/\d+$/, index => String(1 - Number(index)));
      project.slurm.say('scontrol', ['hold', other]);
      await project.says(bench, /waiting: 1 JobHeld(?:User|Admin)/);
      for (const one of project.folders()) await project.expectState(one, one === folder ? 'running' : 'pending');
      project.slurm.say('scontrol', ['release', other]);
      await through(bench);
    },
  },
  'time limit': {
    // Slurm looks at limits each half minute: the warning comes that much late, or is due at once.
    settings: { time: '1', warningSeconds: 45 },
    isLong: true,
    interrupts: true,
    async inflict(project) {
      await through(project.run());
    },
  },
};

async function through(bench: RunningBench): Promise<void> {
  const { exitCode, stderr } = await bench.outcome;
  if (exitCode !== 0) throw new Error(`bench ended with ${exitCode}:\n${stderr}`);
}
