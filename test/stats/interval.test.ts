import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Interval, meanInterval, meanTail } from '../../src/stats/interval.ts';
import { studentTail } from '../../src/stats/student-t.ts';
import { mean, standardError } from '../../src/stats/summary.ts';
import { fixture } from './fixture.ts';

const interval = (values: readonly number[], level = 0.95): Interval => meanInterval(values, level) as Interval;

test.each(fixture<{ effects: number[]; interval: [number, number] }[]>('paired'))(
  'agrees with SciPy to 1e-10 of its width: $effects.length effects',
  ({ effects, interval: [low, high] }) => {
    const got = interval(effects);
    expect(Math.abs(got[0] - low) / (high - low)).toBeLessThan(1e-10);
    expect(Math.abs(got[1] - high) / (high - low)).toBeLessThan(1e-10);
  },
);

// Cushny & Peebles's hours of sleep gained, in Student 1908: mean 1.58, t 4.06 on 9 degrees of freedom, p 0.0028.
test("Student's sleep data", () => {
  const sleep = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4];
  const t = mean(sleep) / standardError(sleep);
  expect(t).toBeCloseTo(4.06, 2);
  expect(2 * studentTail(t, 9)).toBeCloseTo(0.00283, 5);
  expect(meanTail(sleep, 0)).toBeCloseTo(studentTail(t, 9), 14);
  expect(interval(sleep).map(bound => bound.toFixed(1))).toEqual(['0.7', '2.5']);
});

test('holds the mean, grows with the level, and turns with the sign', () => {
  const effects = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 2, maxLength: 10 });
  fc.assert(
    fc.property(effects, values => {
      const [low, high] = interval(values);
      const [wideLow, wideHigh] = interval(values, 0.99);
      const [negatedLow, negatedHigh] = interval(values.map(value => -value));
      expect(low).toBeLessThanOrEqual(mean(values));
      expect(wideLow).toBeLessThanOrEqual(low);
      expect(wideHigh).toBeGreaterThanOrEqual(high);
      expect(-negatedHigh).toBeCloseTo(low, 10);
      expect(-negatedLow).toBeCloseTo(high, 10);
    }),
  );
});

const values = (least: number) =>
  fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: least, maxLength: 10 });

test('shifts and scales as its values do, in any order', () => {
  fc.assert(
    fc.property(
      values(2),
      fc.integer({ min: -50, max: 50 }),
      fc.constantFrom(0.25, 3, 1000),
      (effects, shift, scale) => {
        const changed = interval(effects.map(effect => shift + scale * effect).reverse());
        for (const [side, bound] of interval(effects).entries()) {
          const error = Math.abs((changed[side] as number) - (shift + scale * bound));
          expect(error).toBeLessThan(1e-9 * (Math.abs(shift) + scale * 1000));
        }
      },
    ),
  );
});

test('the one-sided p is below a tail where the interval lies above the bound, and falls as the bound does', () => {
  fc.assert(
    fc.property(values(3), fc.double({ min: -50, max: 50, noNaN: true }), (effects, bound) => {
      const [low] = interval(effects);
      fc.pre(Math.abs(low - bound) > 1e-9);
      expect(meanTail(effects, bound) < 0.025).toBe(low > bound);
      expect(meanTail(effects, bound - 1)).toBeLessThanOrEqual(meanTail(effects, bound));
    }),
  );
  expect(meanTail([1, 2, 3], 2)).toBe(0.5);
  expect([1, 2].map(bound => meanTail([2, 2, 2], bound))).toEqual([0, 1]);
});

test('of equal values it has no width; of one value or none there is none', () => {
  expect(interval([0.1, 0.1, 0.1])).toEqual([0.1, 0.1]);
  expect(meanInterval([1], 0.95)).toBeNull();
  expect(meanInterval([], 0.95)).toBeNull();
});

test('what is not finite, or a level that is none, makes it NaN', () => {
  expect(interval([1, Number.NaN, 2])).toEqual([Number.NaN, Number.NaN]);
  expect(interval([1, 2, 3], 95)).toEqual([Number.NaN, Number.NaN]);
});
