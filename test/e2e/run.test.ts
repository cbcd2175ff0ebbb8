import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { RunSummary } from '../../src/core/results.ts';
import { Project, tinyExperiment, until } from './bench.ts';

vi.setConfig({ testTimeout: 240_000 }); // whole processes, on machines that may be busy

const projects: Project[] = [];
function project(specs?: Record<string, string>): Project {
  const made = new Project(specs);
  projects.push(made);
  return made;
}
afterAll(() => projects.forEach(made => void made.remove()));

interface Shown {
  cells: RunSummary[];
  verdicts: { outcome: string; because: string | null }[];
}

describe('bench run', () => {
  test('trains every cell, records it, states the verdict, writes the report, and does nothing twice', async () => {
    const here = project();
    const first = await here.bench('run', 'tiny');
    expect(first.exitCode, first.stderr).toBe(0);
    expect(first.stdout).toMatch(/Inconclusive \(by design: .*\): the residual net trains better\./);
    expect(first.stdout).toMatch(/Report: reports\/tiny\.html/);
    expect(readFileSync(join(here.folder, 'reports/tiny.html'), 'utf8')).toContain('the residual net trains better');

    const { cells, verdicts } = await here.json<Shown>('show', 'tiny');
    expect(cells.map(cell => [cell.arm, cell.state, cell.step])).toEqual([
      ['plain', 'finished', 12],
      ['residual', 'finished', 12],
    ]);
    for (const cell of cells)
      expect(Object.keys(cell.metrics)).toEqual(
        expect.arrayContaining(['train.loss', 'train.top1', 'test.loss', 'test.top1', 'test.top5', 'imagesPerSecond']),
      );
    expect(verdicts[0]).toMatchObject({ outcome: 'inconclusive', because: expect.stringMatching(/^by design/) });

    const store = new Database(join(here.folder, '.bench/store.sqlite'), { readonly: true });
    expect(store.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(
      store
        .prepare("SELECT count(*) FROM points JOIN metric_names ON key = metric WHERE name = 'train.loss'")
        .pluck()
        .get(),
    ).toBe(24);
    store.close();

    const again = await here.bench('run', 'tiny');
    expect(again.stderr).toContain('0 of 2 cells to run');
    expect((await here.json<RunSummary[]>('list')).length).toBe(2);
  });

  test('goes on past a cell that diverges, records it as failed, and does not run it again', async () => {
    const here = project({ tiny: tinyExperiment({ decides: true }) });
    const settings = ['--set', 'optimiser.rate=1e30'];
    const { stdout } = await here.bench('run', 'tiny', ...settings);
    const cells = await here.json<RunSummary[]>('list');
    expect(cells.map(cell => cell.state)).toEqual(['failed', 'failed']);
    expect(cells[0]?.reason).toMatch(/^diverged: the training loss is (NaN|Infinity) at step \d+$/);
    expect(stdout).toContain('only 0 of 1 seeds have a figure in every arm');
    expect((await here.bench('run', 'tiny', ...settings)).stderr).toContain('0 of 2 cells to run');
  });

  test('runs finished cells again with --force, to the same bits', async () => {
    const here = project();
    await here.bench('run', 'tiny');
    await here.bench('run', 'tiny', '--force');
    const cells = await here.json<RunSummary[]>('list');
    expect(cells.length).toBe(4);
    for (const arm of ['plain', 'residual']) {
      const losses = cells.filter(cell => cell.arm === arm).map(cell => cell.metrics['train.loss']);
      expect(losses[0]).toBe(losses[1]);
    }
  });
});

const LONG = { long: tinyExperiment({ id: 'long', steps: 250 }) };

async function runningCell(here: Project, fromStep: number): Promise<RunSummary> {
  return until(async () =>
    (await here.json<RunSummary[]>('list')).find(run => run.state === 'running' && run.step >= fromStep),
  );
}

/** The worker's process, from the journal's first event. */
function pidOf(here: Project, run: string): number {
  const journal = readFileSync(join(here.folder, '.bench/runs', run, 'journal'), 'latin1');
  return Number(/"pid":(\d+)/.exec(journal)?.[1]);
}

describe('interruptions', () => {
  test('kill -9 of a worker: the cell is killed, the others go on, a second run takes it up, and the bits are the same', async () => {
    const here = project(LONG);
    const running = here.start('run', 'long');
    const victim = await runningCell(here, 20);
    process.kill(pidOf(here, victim.id), 'SIGKILL');
    expect((await running.outcome).exitCode).toBe(0);
    const cells = await here.json<RunSummary[]>('list');
    expect(cells.find(cell => cell.id === victim.id)).toMatchObject({
      state: 'killed',
      reason: 'killed by SIGKILL',
    });
    expect(cells.filter(cell => cell.state === 'finished').length).toBe(1);

    expect((await here.bench('run', 'long')).exitCode).toBe(0);
    const [after] = (await here.json<RunSummary[]>('list')).filter(cell => cell.id === victim.id);
    expect(after).toMatchObject({ state: 'finished', attempts: 2, step: 250 });
    const verified = await here.bench('verify', victim.id, '--steps', '120');
    expect(verified.stdout, verified.stderr).toMatch(/identical: 240 values of 120 steps/);
  });

  test('Ctrl-C stops at the next step with a checkpoint; the same command goes on from there, to the same bits', async () => {
    const here = project(LONG);
    const running = here.start('run', 'long');
    const before = await runningCell(here, 20);
    running.process.kill('SIGINT');
    const { exitCode, stderr } = await running.outcome;
    expect(exitCode).toBe(130);
    expect(stderr).toContain('Stopped. What ran is kept: "npx bench run long --tier quick" goes on from there.');
    const stopped = (await here.json<RunSummary[]>('list')).find(cell => cell.id === before.id);
    expect(stopped).toMatchObject({ state: 'killed', reason: expect.stringMatching(/checkpoint kept/) });
    expect(existsSync(join(here.folder, '.bench/runs', before.id, 'last.checkpoint'))).toBe(true);

    expect((await here.bench('run', 'long')).exitCode).toBe(0);
    const after = (await here.json<RunSummary[]>('list')).find(cell => cell.id === before.id);
    expect(after).toMatchObject({ state: 'finished', attempts: 2 });
    const verified = await here.bench('verify', before.id);
    expect(verified.stdout, verified.stderr).toMatch(/identical: \d+ values of 250 steps/);
  });

  test('kill -9 of bench itself: its workers stop with a checkpoint, and nothing is lost', async () => {
    const here = project(LONG);
    const running = here.start('run', 'long');
    const cell = await runningCell(here, 20);
    running.process.kill('SIGKILL');
    await running.outcome;
    const stopped = await until(async () =>
      (await here.json<RunSummary[]>('list')).find(run => run.id === cell.id && run.state === 'killed'),
    );
    expect(stopped.reason).toContain('the end of the process that started it');
    const { exitCode, stderr } = await here.bench('run', 'long');
    expect(exitCode, stderr).toBe(0);
    expect((await here.json<RunSummary[]>('list')).every(run => run.state === 'finished')).toBe(true);
  });

  test('a checkpoint that was damaged meanwhile: the run fails with file and remedy, a new one takes its cell', async () => {
    const here = project(LONG);
    const running = here.start('run', 'long');
    const { id } = await runningCell(here, 20);
    running.process.kill('SIGINT');
    await running.outcome;
    writeFileSync(join(here.folder, '.bench/runs', id, 'last.checkpoint'), 'not a checkpoint');
    await here.bench('run', 'long');
    const failed = (await here.json<RunSummary[]>('list')).find(run => run.id === id);
    expect(failed).toMatchObject({ state: 'failed', attempts: 2 });
    expect(failed?.reason).toMatch(/last\.checkpoint: expected a checkpoint of this cell, but .*Delete it to start/);
    expect((await here.bench('run', 'long')).exitCode).toBe(0);
    const cells = await here.json<RunSummary[]>('list');
    expect(
      cells
        .filter(run => run.state === 'finished')
        .map(run => run.arm)
        .sort(),
    ).toEqual(['plain', 'residual']);
  });

  test('a second bench run of the same experiment follows the first, and both exit with its verdict', async () => {
    const here = project({ long: tinyExperiment({ id: 'long', steps: 100 }) });
    const first = here.start('run', 'long');
    await until(() => (first.stderr.includes('running') ? true : undefined));
    const second = await here.bench('run', 'long');
    expect(second.stderr).toContain('long is being run by another process: following it.');
    expect((await first.outcome).stdout).toBe(second.stdout);
    expect(readdirSync(join(here.folder, '.bench/runs')).length).toBe(2);
  });
});

describe('bad input is one line, exit code 2, and changes nothing', () => {
  const broken = {
    tiny: tinyExperiment(),
    throws: 'throw new Error("not today");',
    lacks: tinyExperiment({ id: 'lacks' }).replace("  question: 'Does everything work?',\n", ''),
    strays: tinyExperiment({ id: 'strays' }).replace('residual: -1', 'residul: -1'),
    misnamed: tinyExperiment({ id: 'other' }),
    syntax: 'export default {',
  };
  const here = project(broken);

  test.each([
    [['run', 'tyni'], /^bench: unknown experiment or tag "tyni"\. Did you mean "tiny"\? Known: .*\btiny\b/],
    [['rnu'], /^bench: unknown command "rnu"\. Did you mean "run"\? Known: /],
    [['run', 'tiny', '--tier', 'full'], /^bench: unknown tier of tiny "full"\..* Known: smoke, quick\.$/],
    [['run', 'tiny', '--teir', 'quick'], /^bench: unknown option '--teir' \(Did you mean --tier\?\)$/],
    [['run', 'tiny', '--set', 'stps=3'], /^bench: unknown setting "stps"\. Did you mean "steps"\?/],
    [['run', 'tiny', '--set', 'net=resnet-19'], /^bench: unknown net "resnet-19"\. Did you mean "resnet-1?/],
    [['run', 'tiny', '--set', 'dataset=mnits'], /^bench: unknown dataset "mnits"\. Did you mean "mnist"\?/],
    [
      ['run', 'tiny', '--workers', 'two'],
      /^bench: option '--workers <n>' argument 'two' is invalid\. Expected a whole number of at least 1\.$/,
    ],
    [['run'], /^bench: missing required argument 'experiment'$/],
    [['run', 'throws'], /^bench: \S+\/experiments\/throws\.ts: could not be read as an experiment: not today\.$/],
    [['run', 'lacks'], /^bench: \S+\/experiments\/lacks\.ts: field question: missing\.$/],
    [['run', 'strays'], /^bench: \S+\/experiments\/strays\.ts: claim shortcuts-help: .*"residul"/],
    [
      ['run', 'misnamed'],
      /^bench: \S+\/experiments\/misnamed\.ts: field id: expected "misnamed", the file's name, got "other"\./,
    ],
    [['run', 'syntax'], /^bench: \S+\/experiments\/syntax\.ts: could not be read as an experiment: /],
  ] as const)('%j', async (args, message) => {
    const { exitCode, stdout, stderr } = await here.bench(...args);
    expect(stderr.trimEnd()).toMatch(message);
    expect(stderr.trimEnd().split('\n').length).toBe(1);
    expect(stdout).toBe('');
    expect(exitCode).toBe(2);
  });

  test('the stack is shown on request', async () => {
    expect((await here.bench('run', 'throws', '--debug')).stderr).toMatch(/\n {4}at /);
  });

  test('a run that does not exist is named', async () => {
    const { exitCode, stderr } = await here.bench('verify', 'abcdef');
    expect(stderr).toMatch(/^bench: .*abcdef/);
    expect(exitCode).not.toBe(0);
  });
});

test('bench --help names every command, in groups', async () => {
  const { stdout, exitCode } = await project().bench('--help');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(
    /Experiments:[\s\S]*list[\s\S]*report[\s\S]*run[\s\S]*show[\s\S]*verify[\s\S]*Set-up:[\s\S]*doctor/,
  );
});
