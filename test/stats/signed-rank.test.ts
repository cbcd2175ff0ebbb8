import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hodgesLehmann, signedRankInterval, signedRankTail } from '../../src/stats/hodges-lehmann.ts';
import { holm } from '../../src/stats/holm.ts';
import { signedRankP } from '../../src/stats/signed-rank.ts';
import { GATE } from './gate-fixture.ts';

test.each(GATE.signedRank)('signed rank agrees with SciPy, ties and zeros too: $values.length values', row => {
  expect(Math.abs((signedRankP(row.values) as number) - row.p)).toBeLessThan(1e-10);
});

test.each(GATE.hodgesLehmann)('pseudo-median and interval of $values.length values at $level', row => {
  expect(Math.abs(hodgesLehmann(row.values) - row.median)).toBeLessThan(1e-10);
  expect(signedRankInterval(row.values, row.level)).toEqual(row.interval);
});

test('too few values have no interval: five at 0.95, six at 0.975', () => {
  const firstWithOne = (level: number): number =>
    [2, 3, 4, 5, 6, 7, 8].find(
      k =>
        signedRankInterval(
          Array.from({ length: k }, (_, i) => i),
          level,
        ) !== null,
    ) as number;
  expect([firstWithOne(0.95), firstWithOne(0.975)]).toEqual([6, 7]);
  // Of six values the widest interval leaves exactly 1/64 on each side.
  expect(signedRankInterval([1, 2, 3, 4, 5, 6], 1 - 2 / 64)).toEqual([1, 6]);
  expect(signedRankInterval([], 0.95)).toBeNull();
});

test('what is not a number stays one, and zeros alone say nothing', () => {
  expect(signedRankP([1, Number.NaN])).toBeNaN();
  expect(signedRankP([0, 0])).toBeNull();
  expect(hodgesLehmann([])).toBeNaN();
  expect(signedRankInterval([1, 2, 3, 4, 5, 6, Number.NaN], 0.9)).toBeNull();
});

test('the one-sided p is the share of the 2^k ways to sign the ranks whose sum is as small, ties against', () => {
  expect([0, 0.9, 1, 1.5, 3].map(bound => signedRankTail([1, 2, 3], bound))).toEqual([1, 1, 2, 3, 8].map(n => n / 8));
  expect(signedRankTail([1, Number.NaN, 3], 0)).toBeNaN();
});

test.each(GATE.holm)('Holm agrees with statsmodels: $ps.length tests', ({ ps, adjusted }) => {
  for (const [i, p] of holm(ps).entries()) expect(Math.abs(p - (adjusted[i] as number))).toBeLessThan(1e-10);
});

const values = fc.uniqueArray(fc.integer({ min: -4000, max: 4000 }), { minLength: 8, maxLength: 14 });
const interval = (of: readonly number[], level = 0.95) => signedRankInterval(of, level) as readonly [number, number];

test('pseudo-median and interval shift and scale as the values do, turn with their sign, and know no order', () => {
  fc.assert(
    fc.property(values, fc.integer({ min: -50, max: 50 }), fc.constantFrom(-4, -1, 0.5, 8), (of, shift, scale) => {
      const changed = of.map(value => shift + scale * value).reverse();
      expect(hodgesLehmann(changed)).toBe(shift + scale * hodgesLehmann(of));
      expect(interval(changed)).toEqual(
        interval(of)
          .map(bound => shift + scale * bound)
          .sort((a, b) => a - b),
      );
    }),
  );
});

test('the interval holds the pseudo-median and grows with the level', () => {
  fc.assert(
    fc.property(values, of => {
      const [[low, high], [wideLow, wideHigh]] = [interval(of, 0.9), interval(of, 0.98)];
      expect(low).toBeLessThanOrEqual(hodgesLehmann(of));
      expect(high).toBeGreaterThanOrEqual(hodgesLehmann(of));
      expect(wideLow).toBeLessThanOrEqual(low);
      expect(wideHigh).toBeGreaterThanOrEqual(high);
    }),
  );
});

test('p is small exactly where the interval does not hold 0', () => {
  // Without ties of size, where both are the same test.
  const distinct = values.filter(of => new Set(of.map(Math.abs)).size === of.length && !of.includes(0));
  fc.assert(
    fc.property(distinct, of => {
      const [low, high] = interval(of);
      expect((signedRankP(of) as number) <= 0.05).toBe(low > 0 || high < 0);
    }),
  );
});

const chances = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 });

test('Holm: never below p, never above 1 or n times p, in the order of the p; alone it is p', () => {
  fc.assert(
    fc.property(chances, ps => {
      const adjusted = holm(ps);
      for (const [i, p] of ps.entries()) {
        expect(adjusted[i]).toBeGreaterThanOrEqual(p);
        expect(adjusted[i]).toBeLessThanOrEqual(Math.min(1, ps.length * p));
        for (const [j, other] of ps.entries())
          if (other > p) expect(adjusted[j]).toBeGreaterThanOrEqual(adjusted[i] as number);
      }
      expect(holm([...ps].reverse())).toEqual([...adjusted].reverse());
      expect(holm(ps.slice(0, 1))).toEqual(ps.slice(0, 1));
    }),
  );
});
