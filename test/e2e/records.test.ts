import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ClaimRow } from '../../src/report/records/claim-row.ts';
import type { ExperimentRecord, Measured } from '../../src/report/records/record.ts';
import { Project, tinyExperiment } from './bench.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 }); // whole processes, on machines that may be busy

const tagged = (text: string): string => text.replace("source: 'a test',", "source: 'a test',\n  tags: ['pair'],");
const spec = tagged(tinyExperiment({ seeds: 3, decides: true }));
/** The same cells under another name: they are not run twice. */
const twin = tagged(tinyExperiment({ id: 'twin', seeds: 3, decides: true }));

const here = new Project({ tiny: spec, twin, later: tinyExperiment({ id: 'later' }) });
const fileOf = (id: string): string => join(here.folder, `reports/records/${id}.json`);
const recordOf = (id: string): ExperimentRecord & { measured: Measured } =>
  JSON.parse(readFileSync(fileOf(id), 'utf8'));
const write = (text: string): void => writeFileSync(join(here.folder, 'experiments/tiny.ts'), text);

beforeAll(async () => {
  expect(await here.bench('run', 'tiny')).toMatchObject({ exitCode: 0 });
  expect(await here.bench('run', 'twin')).toMatchObject({ exitCode: 0 });
});
afterAll(() => here.remove());

test('a record holds what its verdict was computed from, and where that came from', async () => {
  expect(await here.bench('record', 'tiny')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/reports\/records\/tiny\.json/),
  });
  const { verdict, claims, measured } = recordOf('tiny');
  const [claim] = claims as [ExperimentRecord['claims'][number]];
  expect(verdict).toBe(claim.verdict);
  const { plain, residual } = measured.figures['train.loss'] as Record<string, number[]>;
  expect(claim.effects).toEqual(plain?.map((loss, i) => loss - (residual?.[i] as number)));
  expect(measured.executions.map(({ arm, seed, state }) => `${arm} ${seed} ${state}`).sort()).toEqual(
    ['plain', 'residual'].flatMap(arm => [1, 2, 3].map(seed => `${arm} ${seed} finished`)),
  );
  expect(measured).toMatchObject({ tier: 'quick', seeds: [1, 2, 3], command: 'npx bench run tiny --tier quick' });
  expect(measured.spec).toMatch(/^[0-9a-f]{64}$/);
  expect(measured.costSeconds).toBeGreaterThan(0);
});

test('cells that another experiment had run count, and are told as its', async () => {
  await here.bench('record', 'twin');
  const { claims, measured } = recordOf('twin');
  expect(measured.executions.map(({ of }) => of)).toEqual(Array(6).fill('tiny'));
  expect(claims[0]?.effects).toEqual(recordOf('tiny').claims[0]?.effects);
});

test('claims tells of each experiment what its record says', async () => {
  const rows = await here.json<ClaimRow[]>('claims');
  const row = rows.find(({ id }) => id === 'tiny');
  const { claims, measured } = recordOf('tiny');
  expect(row).toMatchObject({
    kind: 'superiority',
    verdict: claims[0]?.verdict,
    effects: [{ name: 'shortcuts-help', unit: 'nats', value: claims[0]?.effect, margin: 0, published: 'nowhere' }],
    seeds: 3,
    record: 'reports/records/tiny.json',
    spec: measured.spec,
  });
  expect(rows.find(({ id }) => id === 'later')).toMatchObject({ verdict: 'not run', effect: null, record: null });
  expect((await here.bench('explain', 'tiny')).stdout).toContain('From reports/records/tiny.json (3 seeds, tier quick');
});

test('what was not judged as it stands is not recorded', async () => {
  expect(await here.bench('record', 'later')).toMatchObject({
    exitCode: 4,
    stderr: expect.stringMatching(/later: no verdict was drawn/),
  });
  write(spec.replace('margin: 0,', 'margin: 0.5,'));
  expect(await here.bench('record', 'tiny')).toMatchObject({
    exitCode: 4,
    stderr: expect.stringMatching(/its claims are not those that were judged/),
  });
  write(spec);
});

test('new files run, and nothing is overwritten', async () => {
  expect(await here.bench('new', 'experiment', 'mine')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/experiments\/mine\.ts/),
  });
  expect(existsSync(join(here.folder, 'experiments/mine.ts'))).toBe(true);
  expect(await here.bench('new', 'experiment', 'mine')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/is there already/),
  });
  expect(await here.bench('new', 'experiment', 'Mine')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/lower-case letters/),
  });
  expect(await here.bench('run', 'mine', '--tier', 'smoke')).toMatchObject({ exitCode: 0 });
});

test('a tag runs what has it, and nothing that is finished', async () => {
  const { exitCode, stderr } = await here.bench('run', 'pair', '--budget', '1h');
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/^tiny +0 /m);
  expect(stderr).toMatch(/^twin +0 /m);
  expect(stderr).not.toMatch(/^later/m);
});

test('a budget starts no cell that would not end within it, whole seeds first', async () => {
  const none = await here.bench('run', 'mine', '--budget', '0.001s');
  expect(none).toMatchObject({
    exitCode: 0,
    stderr: expect.stringMatching(/mine: 10 of 10 cells would not end within the budget/),
  });
  expect(await here.bench('run', 'mine', '--budget', 'soon')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/a time such as/),
  });
  expect(await here.bench('run', 'no-such-tag')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/unknown experiment or tag/),
  });
});
