/** An arm that starts from another's weights waits for them, begins where they ended, and is not run if they never come. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import type { RunSummary } from '../../src/core/results.ts';
import { Project, tinyExperiment } from './bench.ts';

vi.setConfig({ testTimeout: 240_000 });

const START = "{ start: { arm: 'plain', layers: 'matching' }, options: { shortcut: 'none' } }";
const spec = tinyExperiment({ steps: 40 }).replace("{ options: { shortcut: 'A' } }", START);
const here = new Project({ tiny: spec });
afterAll(() => here.remove());

const cellsOf = async (): Promise<RunSummary[]> => (await here.json<{ cells: RunSummary[] }>('show', 'tiny')).cells;

test('goes on from what the other has learnt', async () => {
  const { exitCode, stderr } = await here.bench('run', 'tiny');
  expect(exitCode, stderr).toBe(0);
  const [plain, warm] = (await cellsOf()) as [RunSummary, RunSummary];
  expect([plain.state, warm.state]).toEqual(['finished', 'finished']);
  expect(warm.startedAt).toBeGreaterThanOrEqual(plain.endedAt as number);
  // The same net on the same batches: 40 steps more of training.
  expect(warm.metrics['train.loss']).toBeLessThan(0.9 * (plain.metrics['train.loss'] as number));
  expect((await here.bench('verify', warm.id)).stdout).toMatch(/identical/i);
});

test('its layers begin with the weights that the other ended with', async () => {
  interface Layers {
    arms: { arm: string; layers: { layer: string; start: Figures; end: Figures }[] }[];
  }
  type Figures = { weightNorm?: number; gradientNorm?: number; deviation: number };
  const { arms } = await here.json<Layers>('layers', 'tiny');
  const [plain, warm] = arms.map(({ layers }) => layers.filter(({ start }) => start.weightNorm !== undefined));
  expect(warm?.map(({ layer }) => layer)).toEqual(plain?.map(({ layer }) => layer));
  expect(warm?.map(({ start }) => start.weightNorm)).toEqual(plain?.map(({ end }) => end.weightNorm));
  expect(plain?.map(({ start }) => start.weightNorm)).not.toEqual(plain?.map(({ end }) => end.weightNorm));
  const { stdout } = await here.bench('layers', 'tiny');
  expect(stdout).toMatch(/^arm +seeds +weights +gradient, first/);
  expect(stdout).toMatch(/^residual +1 +last /m);
  await here.bench('layers', 'tiny', '--out', 'gradients.csv');
  const [head, ...rows] = readFileSync(join(here.folder, 'gradients.csv'), 'utf8').trim().split('\n');
  expect(head).toBe('arm,weights,number,layer,gradient');
  const kernels = new Set(rows.map(row => row.split(',')[3]));
  expect(rows.filter(row => row.startsWith('residual,') && row.includes('last'))).toHaveLength(kernels.size);
});

test('is not run if the other diverged', async () => {
  const { stderr } = await here.bench('run', 'tiny', '--set', 'optimiser.rate=1e30');
  expect(stderr).toContain('residual seed 1 was not run: what it starts from did not finish.');
});
