import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binomialCdf } from '../../src/stats/beta.ts';
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

const seen = fc.integer({ min: 1, max: 300 }).chain(trials => fc.tuple(fc.nat(trials), fc.constant(trials)));
const interval = (events: number, trials: number, level = 0.95) =>
  exactInterval(events, trials, level) as readonly [number, number];

test('holds the rate seen, grows with the level, and is mirrored where the others are counted', () => {
  fc.assert(
    fc.property(seen, ([events, trials]) => {
      const [low, high] = interval(events, trials);
      const [wideLow, wideHigh] = interval(events, trials, 0.99);
      expect(low).toBeLessThanOrEqual(events / trials);
      expect(high).toBeGreaterThanOrEqual(events / trials);
      expect(wideLow).toBeLessThanOrEqual(low);
      expect(wideHigh).toBeGreaterThanOrEqual(high);
      const [mirroredLow, mirroredHigh] = interval(trials - events, trials);
      expect(mirroredLow).toBeCloseTo(1 - high, 12);
      expect(mirroredHigh).toBeCloseTo(1 - low, 12);
    }),
  );
});

test('at its ends a binomial test has half of what the level leaves', () => {
  fc.assert(
    fc.property(seen, ([events, trials]) => {
      const [low, high] = interval(events, trials);
      if (events > 0) expect(1 - binomialCdf(events - 1, trials, low)).toBeCloseTo(0.025, 9);
      if (events < trials) expect(binomialCdf(events, trials, high)).toBeCloseTo(0.025, 9);
    }),
  );
});
