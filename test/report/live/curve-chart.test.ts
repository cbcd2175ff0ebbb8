/** Live charts against Vega-Lite's schema and compiler, and what they draw of odd curves. */
import { describe, expect, test } from 'vitest';
import { chartName, liveChart } from '../../../src/report/live/curve-chart.ts';
import type { Bucket, BucketedCurve } from '../../../src/tracking/queries.ts';
import { compiled } from '../vega-lite.ts';

const bucket = (from: number, to: number, mean: number, notNumbers = 0): Bucket => {
  return { from, to, points: to - from + 1, notNumbers, min: mean - 0.1, max: mean + 0.1, mean };
};
const curve = (arm: string, seed: number, buckets: Bucket[]): BucketedCurve => {
  const width = (buckets[0]?.to ?? 0) - (buckets[0]?.from ?? 0) + 1;
  return { run: `${arm} ${seed}`, arm, seed, metric: 'train.loss', points: 9, width, buckets };
};
const looks = (arms: string[]) => ({ experiment: { factors: {} }, arms, runs: [] });

describe.each([
  ['one run', [curve('a', 1, [bucket(1, 4, 2), bucket(5, 8, 1)])], ['a']],
  [
    'four runs',
    ['a', 'b'].flatMap(arm => [1, 2].map(seed => curve(arm, seed, [bucket(1, 1, seed), bucket(2, 2, 1)]))),
    ['a', 'b'],
  ],
  ['one point', [curve('a', 1, [bucket(7, 7, 2)])], ['a']],
  ['nothing but NaN', [curve('a', 1, [bucket(1, 4, Number.NaN, 4)])], ['a']],
] as [string, BucketedCurve[], string[]][])('the chart of %s', (_, curves, arms) => {
  const chart = liveChart('train.loss', curves, looks(arms));

  test('is Vega-Lite, of which its compiler says nothing', () => {
    compiled(chart.spec);
  });

  test('has limits within which something can be drawn', () => {
    const { first, last, low, high } = chart.signals;
    expect(last).toBeGreaterThan(first);
    expect(high).toBeGreaterThan(low);
  });
});

test('a bucket is its exact mean, with least and greatest and the count behind it; percent where it is an error', () => {
  const { rows } = liveChart('test.top1', [curve('a', 3, [bucket(1, 4, 0.25)])], looks(['a']));
  expect(rows).toEqual([{ arm: 'a', seed: '3', from: 1, step: 4, points: 4, value: 25, low: 15, high: 35 }]);
});

test('where a value was not a number the line breaks, and the least and greatest of the others stay', () => {
  const { rows } = liveChart('train.loss', [curve('a', 1, [bucket(1, 4, 2, 1)])], looks(['a']));
  expect(rows[0]).toMatchObject({ value: null, low: 1.9, high: 2.1 });
});

test('an arm is named where its furthest line ends', () => {
  const near = curve('a', 1, [bucket(1, 1, 3)]);
  const far = curve('a', 2, [bucket(1, 1, 2), bucket(9, 9, 1)]);
  const { labels } = liveChart('train.loss', [near, far], looks(['a']));
  expect(labels).toEqual([expect.objectContaining({ text: 'a', step: 9, y: 1 })]);
});

test('no two metrics share an element, whatever they are called', () => {
  expect(chartName('train.loss')).toBe('train-loss');
  const names = ['train-loss', 'train.loss', 'a b', 'a  b', '<img>', '', 'x'.repeat(500), 'é'].map(chartName);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z][\w-]{0,80}$/);
});
