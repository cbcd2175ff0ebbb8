import { describe, expect, test } from 'vitest';
import { ablationText } from '../../src/report/ablation/index.ts';
import { ablationTable, bestArm } from '../../src/report/ablation/table.ts';
import type { Figure } from '../../src/report/metrics.ts';
import { metricOf } from '../../src/report/metrics.ts';
import { mean, meanInterval } from '../../src/stats/index.ts';
import { inventResults } from './example-results.ts';

const figure = (arm: string, values: number[]): Figure => ({
  arm,
  values: values.map((value, i) => ({ seed: i + 1, value })),
  mean: mean(values),
  interval: meanInterval(values, 0.95),
});
const error = metricOf('test.top1');

describe('the best of a column', () => {
  test('is marked where the differences seed by seed exclude 0, though the intervals of the means overlap', () => {
    const better = figure('a', [10, 20, 30, 40]);
    const worse = figure('b', [11, 21.1, 30.9, 41]);
    expect(bestArm([better, worse], error)).toBe('a');
  });

  test('is not marked where seeds disagree, where fewer than three are shared, or where an arm has no figure', () => {
    expect(bestArm([figure('a', [10, 20, 30]), figure('b', [9, 25, 29])], error)).toBeNull();
    expect(bestArm([figure('a', [10, 20]), figure('b', [11, 21.01])], error)).toBeNull();
    expect(bestArm([figure('a', [1, 1, 1]), figure('b', [2, 2, 2.1]), figure('c', [])], error)).toBeNull();
  });

  test('more arms need a wider interval', () => {
    const best = figure('a', [0, 0, 0, 0]);
    const near = figure('b', [0.3, 0.1, 0.35, 0.05]);
    const far = (arm: string) => figure(arm, [9, 9, 9, 9.1]);
    expect(bestArm([best, near, far('c')], error)).toBeNull();
    expect(bestArm([best, figure('b', [0.3, 0.2, 0.35, 0.25]), far('c')], error)).toBe('a');
  });

  test('speed is better when it is higher', () => {
    const fast = figure('a', [100, 101, 102]);
    expect(bestArm([fast, figure('b', [50, 51, 52.1])], metricOf('imagesPerSecond'))).toBe('a');
  });
});

describe('formats', async () => {
  const results = await inventResults();

  test('latex: booktabs, a row an arm, as many cells as columns, seeds and margin in the caption', () => {
    const text = ablationText(results, 'latex', ['train.loss', 'test.top1']);
    expect(text).toMatch(/\\begin\{tabular\}\{lrrr\}\s+\\toprule/);
    const rows = text.split('\n').filter(line => /^ {4}(plain|residual)-/.test(line));
    expect(rows.length).toBe(4);
    for (const row of rows) expect(row.split(' & ').length).toBe(4);
    expect(rows[0]).toMatch(/^ {4}plain-18 & 5 & \$0\.\d+\$ \$\[0\.\d+, 0\.\d+\]\$ & /);
    expect(text).toMatch(/5 seeds an arm .* 95 \\% interval.*interaction \(margin 0\.05 nats\): confirmed/);
  });

  test('markdown: a row an arm between pipes; the caption below', () => {
    const lines = ablationText(results, 'md', ['train.loss']).split('\n');
    expect(lines.slice(0, 2)).toEqual(['| Arm | Seeds | Training loss, nats |', '| --- | ---: | ---: |']);
    expect(lines[2]).toMatch(/^\| plain-18 \| 5 \| 0\.\d+ \(0\.\d+ to 0\.\d+\) \|$/);
  });

  test('csv: unrounded figures of every arm and metric', () => {
    const lines = ablationText(results, 'csv', ['train.loss']).trim().split('\n');
    expect(lines[0]).toBe('arm,metric,unit,seeds,mean,low,high,best');
    const [, , , seeds, average] = lines[1]?.split(',') ?? [];
    const values = results.runs.filter(run => run.arm === 'plain-18').map(run => run.metrics['train.loss'] as number);
    expect(seeds).toBe('5');
    expect(Number(average)).toBeCloseTo(mean(values), 12);
  });

  test('names are text in every format', () => {
    const evil = { ...results, arms: ['=HYPERLINK("x")|\\input{a}_&<b>'], runs: [] };
    const run = { ...(results.runs[0] as (typeof results.runs)[number]), arm: evil.arms[0] as string };
    const [md, latex, csv] = (['md', 'latex', 'csv'] as const).map(format =>
      ablationText({ ...evil, runs: [run] }, format, ['train.loss']),
    );
    expect(md).toContain('=HYPERLINK("x")\\|\\\\input{a}\\_&\\<b\\>');
    expect(latex).toContain('\\textbackslash{}input\\{a\\}\\_\\&\\textless{}b\\textgreater{}');
    expect(csv).toContain(`"'=HYPERLINK`);
  });

  test('an unknown metric is one line with the known ones', () => {
    expect(() => ablationTable(results, ['test.top9'])).toThrow(/^--metrics: .*"test\.top9"\. Known: train\.loss, /);
  });
});
