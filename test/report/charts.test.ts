/** Every chart's specification against Vega-Lite's own schema and compiler: a warning is a failure. */
import { describe, expect, test } from 'vitest';
import { loadFolder } from '../../src/core/folder.ts';
import type { RunSummary } from '../../src/core/results.ts';
import { type ChartDefinition, chartSpec } from '../../src/report/charts/_chart.ts';
import { spreadLabels } from '../../src/report/charts/_labels.ts';
import { designOf } from '../../src/report/design.ts';
import { inventResults } from './example-results.ts';
import { compiled } from './vega-lite.ts';

const charts = (await loadFolder<ChartDefinition>(new URL('../../src/report/charts/', import.meta.url))).map(
  entry => entry.value,
);
const results = await inventResults();

describe('charts', () => {
  test.each(charts)('$name', chart => {
    expect(chart.name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(chart.rows(results).length).toBeGreaterThan(0);
    expect(chart.about(results)).toMatch(/\.$/);
    expect(chart.describe(chart.rows(results), results)).not.toMatch(/NaN|undefined|unknown/);
    const { axes = [] } = compiled(chartSpec(chart, results));
    // A channel without a type would be nominal, and bring a scale and an axis of its own.
    expect(axes.filter(axis => axis.title).length).toBeLessThanOrEqual(2);
  });

  test('nothing to draw is nothing, not a broken chart', async () => {
    const empty = await inventResults({ seeds: 0 });
    for (const chart of charts) expect(chartSpec(chart, empty)).toBeNull();
  });

  test('every column of a table is a field of the rows', () => {
    for (const chart of charts) {
      const fields = Object.keys(Object.assign({}, ...chart.rows(results)));
      expect(fields).toEqual(expect.arrayContaining(chart.columns(results).map(column => column.key)));
    }
  });

  test('a curve of 480 steps becomes 120 buckets, each the mean of its steps, least and greatest seed beside it', () => {
    const rows = rowsOf('training-loss').filter(row => row.arm === 'plain-18' && row.seed === 'mean');
    expect(rows.length).toBe(120);
    const curves = results.curves.filter(curve => curve.arm === 'plain-18' && curve.metric === 'train.loss');
    const firsts = curves.map(curve => average(curve.points.slice(0, 4).map(point => point[1])));
    expect(rows[0]).toMatchObject({ step: 4, value: expect.closeTo(average(firsts), 3) });
    expect(rows[0]).toMatchObject({
      low: expect.closeTo(Math.min(...firsts), 3),
      high: expect.closeTo(Math.max(...firsts), 3),
    });
  });

  test('the line of a diverged seed breaks; the mean counts finished seeds only', async () => {
    const diverged = await inventResults({ seeds: 3 });
    const [run, ...others] = diverged.runs as [RunSummary, ...RunSummary[]];
    const curves = diverged.curves.map(curve =>
      curve.run === run.id ? { ...curve, points: curve.points.map(([step]) => [step, Number.NaN] as const) } : curve,
    );
    const rows = rowsOf('training-loss', { ...diverged, curves, runs: [{ ...run, state: 'failed' }, ...others] });
    const own = rows.filter(row => row.arm === run.arm && row.step === 480);
    expect(own.find(row => row.seed === '1')?.value).toBeNull();
    expect(own.find(row => row.seed === 'mean')?.value).toBeGreaterThan(0);
  });

  test('a row has the seconds that its run had worked by then; a mean those of its seeds', () => {
    const rows = rowsOf('training-loss').filter(row => row.arm === 'plain-18' && row.step === 240);
    const speeds = results.runs.filter(run => run.arm === 'plain-18').map(run => run.metrics.imagesPerSecond as number);
    const seconds = speeds.map(speed => 3 + (240 * 64) / speed);
    expect(rows.find(row => row.seed === '2')?.seconds).toBeCloseTo(seconds[1] as number, 3);
    expect(rows.find(row => row.seed === 'mean')?.seconds).toBeCloseTo(average(seconds), 3);
  });

  test('time is no axis where one run has no times', () => {
    const { clocks } = results;
    const [, ...others] = Object.entries(clocks ?? {});
    const axes = (from: typeof results) => JSON.stringify(chartSpec(chartNamed('training-loss'), from)?.params);
    expect(axes(results)).toContain('"seconds"');
    expect(axes({ ...results, clocks: Object.fromEntries(others) })).not.toContain('"seconds"');
  });

  test('errors are drawn in per cent', () => {
    const [row] = rowsOf('final-error');
    expect(row?.value).toBeCloseTo(100 * (results.runs[0]?.metrics['test.top1'] as number), 10);
  });

  test('an experiment of one factor has no interaction, and each arm its own colour', async () => {
    const single = await inventResults({ change: { factors: { net: { a: {}, b: {}, c: {}, d: {} } } } });
    const runs = single.runs.map(run => ({ ...run, levels: { net: run.arm } }));
    const design = designOf({ ...single, runs });
    expect(new Set(design.arms.map(arm => arm.colour)).size).toBe(4);
    expect(rowsOf('interaction', { ...single, runs })).toEqual([]);
  });
});

describe('the specification of', async () => {
  const few = await inventResults({ seeds: 2, steps: 6 });

  test.each(charts)('$name is what it was', async chart => {
    const text = `${JSON.stringify(chartSpec(chart, few), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot(`fixtures/charts/${chart.name}.vl.json`);
  });
});

describe('labels at the ends of lines', () => {
  const label = (arm: string, y: number) => ({ arm, text: arm, y });

  test('stay where they are if they do not touch', () => {
    expect(spreadLabels([label('a', 0.2), label('b', 0.8)], [0, 1], 300).map(({ y }) => y)).toEqual([0.2, 0.8]);
  });

  test('are moved apart, in order, and inside', () => {
    const ys = spreadLabels([label('a', 0.02), label('b', 0.01), label('c', 0.03)], [0, 1], 300);
    expect(ys.map(({ arm }) => arm)).toEqual(['b', 'a', 'c']);
    expect(ys.map(({ y }) => y * 300)).toEqual([0, 15, 30].map(px => expect.closeTo(px, 9)));
  });
});

const chartNamed = (name: string) => charts.find(chart => chart.name === name) as ChartDefinition;
const rowsOf = (name: string, from = results) => chartNamed(name).rows(from);

const average = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
