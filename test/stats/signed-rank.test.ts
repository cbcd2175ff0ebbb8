import { expect, test } from 'vitest';
import { hodgesLehmann, signedRankInterval } from '../../src/stats/hodges-lehmann.ts';
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
});

test('what is not a number stays one, and zeros alone say nothing', () => {
  expect(signedRankP([1, Number.NaN])).toBeNaN();
  expect(signedRankP([0, 0])).toBeNull();
  expect(hodgesLehmann([])).toBeNaN();
  expect(signedRankInterval([1, 2, 3, 4, 5, 6, Number.NaN], 0.9)).toBeNull();
});

test.each(GATE.holm)('Holm agrees with statsmodels: $ps.length tests', ({ ps, adjusted }) => {
  for (const [i, p] of holm(ps).entries()) expect(Math.abs(p - (adjusted[i] as number))).toBeLessThan(1e-10);
});
