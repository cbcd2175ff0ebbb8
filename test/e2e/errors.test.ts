import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { predictionsPath, readPredictions } from '../../src/core/predictions.ts';
import type { RunSummary } from '../../src/core/results.ts';
import type { ErrorRate, McNemar } from '../../src/stats/index.ts';
import { Project, tinyExperiment } from './bench.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 }); // whole processes, on machines that may be busy

interface Asked {
  predictions: { image: string; best: { class: string; probability: number }[] }[];
}

interface Figures {
  run: string;
  procedure: string;
  images: number;
  loss: number;
  top1: ErrorRate;
  top5: ErrorRate;
  confusion: number[][];
}

const spec = tinyExperiment().replace('images: 500 }', "images: 500, procedures: ['single-crop', 'ten-crop'] }");
const here = new Project({ tiny: spec.replace("trainImages: 'all',", "trainImages: 'all', input: { size: 24 },") });
let plain: RunSummary;
let residual: RunSummary;
beforeAll(async () => {
  const { exitCode, stderr } = await here.bench('run', 'tiny');
  expect(exitCode, stderr).toBe(0);
  const runs = await here.json<RunSummary[]>('list');
  [plain, residual] = ['plain', 'residual'].map(arm => runs.find(run => run.arm === arm)) as [RunSummary, RunSummary];
});
afterAll(() => here.remove());

describe('bench errors', () => {
  test('the figures are those that the run recorded', async () => {
    const { runs } = await here.json<{ runs: Figures[] }>('errors', plain.id, `${plain.id}:ten-crop`);
    for (const [i, prefix] of ['test', 'test.ten-crop'].entries()) {
      expect(runs[i]?.top1.rate).toBeCloseTo(plain.metrics[`${prefix}.top1`] as number, 6);
      expect(runs[i]?.top5.rate).toBeCloseTo(plain.metrics[`${prefix}.top5`] as number, 6);
      expect(runs[i]?.loss).toBeCloseTo(plain.metrics[`${prefix}.loss`] as number, 4);
    }
    expect(runs[0]?.images).toBe(10_000);
    expect(runs[0]?.confusion.map(row => row.reduce((a, b) => a + b, 0))).toEqual(new Array(10).fill(1000));
  });

  test('two runs: the difference of their errors, whichever is named first', async () => {
    const [there, back] = await Promise.all(
      [
        [plain.id, residual.id],
        [residual.id, plain.id],
      ].map(async pair => {
        return (await here.json<{ comparison: McNemar }>('errors', ...pair)).comparison;
      }),
    );
    const seen = (plain.metrics['test.top1'] as number) - (residual.metrics['test.top1'] as number);
    expect(there?.difference).toBeCloseTo(seen, 6);
    expect(back?.difference).toBeCloseTo(-seen, 6);
    expect(back?.exactP).toBe(there?.exactP);
    const { stdout } = await here.bench('errors', plain.id, residual.id);
    expect(stdout).toMatch(/McNemar's test: exact p /);
  });

  test('an ensemble of one run is that run; of two it is another, compared with the better one', async () => {
    type Ensemble = { ensemble: Figures; runs: Figures[]; comparison: (McNemar & { second: string }) | null };
    const one = await here.json<Ensemble>('errors', '--ensemble', plain.id);
    expect(one.ensemble).toEqual(one.runs[0]);
    expect(one.comparison).toBeNull();
    const two = await here.json<Ensemble>('errors', '--ensemble', plain.id, residual.id);
    expect(two.ensemble.run).toBe(`${plain.id}+${residual.id}`);
    const [better] = [...two.runs].sort((a, b) => a.top1.rate - b.top1.rate);
    expect(two.comparison?.second).toBe(`${better?.run}:single-crop`);
    expect(two.comparison?.difference).toBeCloseTo(two.ensemble.top1.rate - (better?.top1.rate ?? 0), 6);
    expect(two.ensemble.loss).toBeLessThan(Math.max(...two.runs.map(run => run.loss)));
  });

  test('what is not there, or damaged, is one line', async () => {
    const said = async (...args: string[]) => (await here.bench('errors', ...args)).stderr.trimEnd();
    expect(await said(`${plain.id}:ten-corp`)).toMatch(
      /^bench: unknown procedure of run \w+ "ten-corp"\. Did you mean "ten-crop"\?/,
    );
    expect(await said(plain.id, plain.id, plain.id)).toMatch(/^bench: errors: expected one run or two, got 3\./);
    const file = join(here.folder, '.bench/runs', residual.id, 'predictions/ten-crop.bin');
    writeFileSync(file, readFileSync(file).subarray(0, 5000));
    expect(await said(`${residual.id}:ten-crop`)).toMatch(
      /^bench: \S+ten-crop\.bin: expected a run's predictions, but it was truncated/,
    );
  });
});

describe('bench predict', () => {
  test('a test image gets the probabilities that the run kept', async () => {
    const { stdout, exitCode } = await here.bench('predict', residual.id, '--dataset-index', '0');
    expect(exitCode).toBe(0);
    const kept = readPredictions(predictionsPath(join(here.folder, '.bench/runs', residual.id), 'single-crop'));
    const asked = await here.json<Asked>('predict', residual.id, '--dataset-index', '0');
    for (const { class: name, probability } of asked.predictions[0]?.best ?? [])
      expect(kept.probabilities(0)[kept.about.classes.indexOf(name)]).toBeCloseTo(probability, 3);
    expect(stdout).toMatch(/^fashion-mnist test image 0 \(Ankle boot\)\n( {2}\S.* \d+\.\d %.*\n){5}$/);
    expect((await here.bench('predict', residual.id, '--dataset-index', '10000')).stderr).toMatch(
      /^bench: --dataset-index: expected 0 to 9999, a test image of fashion-mnist, got 10000\.$/m,
    );
  });

  test('a colour photo of another size is resized, cut and turned to grey; probabilities are the best first', async () => {
    const photo = join(here.folder, 'photo.jpg');
    await sharp({ create: { width: 90, height: 60, channels: 3, background: '#a04020' } })
      .jpeg()
      .toFile(photo);
    const { predictions } = await here.json<Asked>('predict', residual.id, photo);
    const values = predictions[0]?.best.map(one => one.probability) ?? [];
    expect(values.length).toBe(5);
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    expect((await here.bench('predict', residual.id, join(here.folder, 'experiments/tiny.ts'))).stderr).toMatch(
      /tiny\.ts: expected an image \(JPEG, PNG, WebP, …\), got: /,
    );
  });
});

test('the report shows eight test images and the eight hardest with their five best classes, and a confusion matrix', () => {
  const report = readFileSync(join(here.folder, 'reports/tiny.html'), 'utf8');
  const images = report
    .split('<h3>The hardest ones</h3>')
    .map(part => part.match(/src="data:image\/png;base64,/g)?.length);
  expect(images).toEqual([8, 8]);
  expect(report).toContain('id="chart-confusion"');
});
