/** A trained net without each of its units in turn: figures of the run like others. */
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { predictionsPath, readPredictions } from '../../src/core/predictions.ts';
import type { RunSummary } from '../../src/core/results.ts';
import { Project } from './bench.ts';

vi.setConfig({ testTimeout: 240_000 });

const here = new Project();
afterAll(() => here.remove());

test('mean and worst over the units, and each alone; the last evaluation sees as many images as it is asked to', async () => {
  const { exitCode, stderr } = await here.bench(
    'run',
    'tiny',
    '--set',
    'evaluate.lesions=200',
    '--set',
    'evaluate.final=300',
  );
  expect(exitCode, stderr).toBe(0);
  const { cells } = await here.json<{ cells: RunSummary[] }>('show', 'tiny');
  for (const { id, metrics } of cells) {
    const kept = predictionsPath(join(here.folder, '.bench/runs', id), 'single-crop');
    expect(readPredictions(kept).count).toBe(300);
    const errors = Object.entries(metrics).filter(([name]) => /^lesion\.stage\d\.unit\d\.top1$/.test(name));
    const values = errors.map(([, value]) => value as number);
    expect(values.length).toBeGreaterThan(2);
    expect(metrics['lesion.worst.top1']).toBe(Math.max(...values));
    expect(metrics['lesion.mean.top1']).toBeCloseTo(values.reduce((a, b) => a + b) / values.length, 12);
    expect(metrics['lesion.none.top1']).toBeGreaterThan(0);
  }
});
