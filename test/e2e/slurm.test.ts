/** A cluster as a user meets it, with a fake of Slurm's commands; `npm run test:cluster` does it with a real one. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import type { RunSummary } from '../../src/core/results.ts';
import { installFakeSlurm } from '../runner/slurm/fake.ts';
import { Project, tinyExperiment, until } from './bench.ts';

vi.setConfig({ testTimeout: 240_000 }); // whole processes, on machines that may be busy

const CONFIG = `import { defineConfig, slurm } from 'convbench';
export default defineConfig({ executor: slurm({ code: 'in-place', folder: 'shared' }) });
`;

const slurm = installFakeSlurm();
const projects: Project[] = [];
function project(steps: number): Project {
  const made = new Project({ tiny: tinyExperiment({ steps }) });
  // Copies have tests of their own (test/runner/code-copy.test.ts): this one would install and compile us anew.
  writeFileSync(join(made.folder, 'bench.config.ts'), CONFIG);
  projects.push(made);
  return made;
}
afterAll(() => {
  slurm.remove();
  projects.forEach(made => void made.remove());
});

const SLURM = ['run', 'tiny', '--on', 'slurm'];
const losses = async (here: Project) =>
  (await here.json<RunSummary[]>('list')).map(run => run.metrics['train.loss']).sort();

test('the cells of a plan are tasks of one array, to the bits of a local run; a dry run submits nothing', async () => {
  const here = project(12);
  const dry = await here.bench(...SLURM, '--dry-run');
  expect(dry.stdout).toMatch(
    /2 cells: .+\nAbout \d+:\d+ of one processor, .+ of disk\.\n[\s\S]+\n2 tasks in 1 job arrays\./,
  );
  expect(dry.stdout).toContain('#SBATCH --array=0-1\n');
  expect(existsSync(join(here.folder, 'shared/slurm'))).toBe(false);

  const first = await here.bench(...SLURM);
  expect(first.exitCode, first.stderr).toBe(0);
  expect(first.stderr).toMatch(/Slurm job \d+: 2 tasks \(bench-tiny-[0-9a-f]+\)\./);
  const there = project(12);
  await there.bench('run', 'tiny', '--on', 'local');
  expect(await losses(here)).toEqual(await losses(there));
  expect((await here.bench(...SLURM)).stderr).toContain('0 of 2 cells to run');
  expect(existsSync(join(here.folder, '.bench'))).toBe(false);
});

test('a bench run that is killed leaves the cells alone; another takes them up, and they can be cancelled', async () => {
  const here = project(20_000);
  const first = here.start(...SLURM);
  const states = async () => (await here.json<RunSummary[]>('list')).map(({ state }) => state);
  await until(async () => ((await states()).includes('running') ? true : undefined));
  first.process.kill('SIGKILL');
  await first.outcome;
  expect((await here.bench('run', 'tiny', '--on', 'local')).stderr).toMatch(
    /tiny is in Slurm's hands: `bench watch tiny` follows it/,
  );

  const second = here.start(...SLURM);
  await until(() => (/2 cells are in Slurm's hands already/.test(second.stderr) ? true : undefined));
  const cancelled = await here.bench('cancel', 'tiny');
  expect(cancelled.stdout).toMatch(/^tiny: cancelled \d tasks of Slurm\./);
  await second.outcome;
  expect(readdirSync(join(here.folder, 'shared/runs'))).toHaveLength(2);
  for (const state of await states()) expect(['killed', 'pending']).toContain(state);
  expect((await here.bench('cancel', 'tiny')).exitCode).toBe(4);
});
