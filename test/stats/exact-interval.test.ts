import { expect, test } from 'vitest';
import { exactInterval } from '../../src/stats/exact-interval.ts';
import { fixture } from './fixture.ts';

interface Row {
  events: number;
  trials: number;
  level: number;
  interval: [number, number];
}

test('agrees with statsmodels and SciPy to 1e-10, up to 50,000 images', () => {
  const rows = fixture<Row[]>('rates');
  expect(rows.length).toBeGreaterThan(40);
  for (const { events, trials, level, interval } of rows) {
    const got = exactInterval(events, trials, level) as [number, number];
    for (const side of [0, 1] as const)
      expect(Math.abs(got[side] - interval[side]), `${events} of ${trials} at ${level}`).toBeLessThan(1e-10);
  }
});

test('none of n: the upper bound has a closed form; all of n is its mirror', () => {
  expect(exactInterval(0, 30)).toEqual([0, expect.closeTo(1 - 0.025 ** (1 / 30), 14)]);
  expect(exactInterval(30, 30)).toEqual([expect.closeTo(0.025 ** (1 / 30), 14), 1]);
});

test('no trials, no interval', () => {
  expect(exactInterval(0, 0)).toBeNull();
});
