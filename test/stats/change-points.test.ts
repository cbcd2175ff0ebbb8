import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stream } from '../../src/core/random.ts';
import { changePenalty, changePoints, neighbourNoise } from '../../src/stats/index.ts';
import { fixture } from './fixture.ts';

interface Reference {
  values: number[];
  penalty: number;
  minimumSegment: number;
  starts: number[];
}

describe('changePoints', () => {
  test.each(fixture<Reference[]>('change-points'))('ruptures finds the same: case %#', reference => {
    expect(changePoints(reference.values, reference)).toEqual(reference.starts);
  });

  test('no segmentation is better: all of them are tried', () => {
    const values = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(
        values,
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 3 }),
        (series, penalty, least) => {
          const found = changePoints(series, { penalty, minimumSegment: least });
          const best = Math.min(...allStarts(series.length, least).map(starts => objective(series, starts, penalty)));
          expect(objective(series, found, penalty)).toBeCloseTo(best, 9);
          expect(lengths(series.length, found).every(length => length >= least || found.length === 0)).toBe(true);
        },
      ),
    );
  });

  test('a beginning that is worse for now may be the better one when a segment has room', () => {
    // 66.8 without a change; 61.2 + 7 with one at 2, 66.5 + 7 with one at 3.
    expect(changePoints([8, 3, 1, 0, 9], { penalty: 7, minimumSegment: 2 })).toEqual([]);
  });

  test('shifted or scaled values, with the penalty of their unit, change at the same places', () => {
    const values = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 4, maxLength: 30 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 200 }), (series, penalty) => {
        const found = changePoints(series, { penalty, minimumSegment: 2 });
        const changed = changePoints(
          series.map(value => 7 + 4 * value),
          { penalty: 16 * penalty, minimumSegment: 2 },
        );
        expect(changed).toEqual(found);
      }),
    );
  });

  test('equal values, and one or none, have no change, at any penalty', () => {
    for (const values of [[], [3], [0.1, 0.1, 0.1], Array(50).fill(1 / 3)])
      expect(changePoints(values, { penalty: 0, minimumSegment: 1 })).toEqual([]);
  });

  test('what is not finite, or whose square is not, has none', () => {
    for (const odd of [Number.NaN, Number.POSITIVE_INFINITY, 1e200])
      expect(changePoints([1, odd, 1, 1], { penalty: 1, minimumSegment: 1 })).toEqual([]);
    expect(changePoints([1, 1, 9, 9], { penalty: Number.POSITIVE_INFINITY, minimumSegment: 1 })).toEqual([]);
    expect(changePoints([1, 1, 9, 9], { penalty: Number.NaN, minimumSegment: 1 })).toEqual([]);
  });

  test.each([1e-6, 1, 1e6])('without noise every step counts, and rounding does not, in units of %f', unit => {
    const values = [...Array(20).fill(1.1), ...Array(20).fill(1.3), 1.1].map(value => value * unit);
    expect(changePoints(values, { penalty: 0, minimumSegment: 1 })).toEqual([20, 40]);
  });
});

test('the penalty is 3σ² ln n; the noise of few values is that of their median step', () => {
  expect(changePenalty(2, 10)).toBeCloseTo(12 * Math.log(10), 12);
  expect(changePenalty(0.5, 1)).toBeCloseTo(0.75 * Math.log(2), 12);
  expect(neighbourNoise([0, 1, 3])).toBeCloseTo(1.5 / (0.6744897501960817 * Math.SQRT2), 12);
});

describe('the penalty, on normal noise of known deviation', () => {
  const series = (seed: number, length: number, jump: number): number[] => {
    const draws = stream(seed, 'change-points');
    return Array.from({ length }, (_, i) => draws.normal() + (i < length / 2 ? 0 : jump));
  };
  const found = (length: number, jump: number): number => {
    const options = { penalty: changePenalty(1, length), minimumSegment: 1 };
    const rounds = Array.from({ length: 400 }, (_, seed) => changePoints(series(seed, length, jump), options));
    return rounds.filter(starts => starts.length > 0).length / rounds.length;
  };

  test.each([10, 30, 100])('%i points without a change: rarely one is seen', length => {
    expect(found(length, 0)).toBeLessThan(0.06);
  });

  test('a step of three deviations in the middle of twenty points is seen', () => {
    expect(found(20, 3)).toBeGreaterThan(0.99);
  });
});

test('neighbourNoise estimates the deviation, and a step hardly moves it', () => {
  const draws = stream(7, 'noise');
  const values = Array.from({ length: 2000 }, (_, i) => 2 * draws.normal() + (i < 1000 ? 0 : 100));
  expect(neighbourNoise(values)).toBeCloseTo(2, 0);
  expect(neighbourNoise([1])).toBeNaN();
});

function allStarts(length: number, least: number): number[][] {
  const subsets = Array.from({ length: 2 ** Math.max(0, length - 1) }, (_, bits) =>
    Array.from({ length: length - 1 }, (_, i) => i + 1).filter((_, i) => bits & (1 << i)),
  );
  return subsets.filter(starts => starts.length === 0 || lengths(length, starts).every(one => one >= least));
}

function lengths(length: number, starts: readonly number[]): number[] {
  const edges = [0, ...starts, length];
  return edges.slice(1).map((end, i) => end - (edges[i] as number));
}

function objective(values: readonly number[], starts: readonly number[], penalty: number): number {
  const edges = [0, ...starts, values.length];
  return edges.slice(1).reduce((total, end, i) => {
    const segment = values.slice(edges[i], end);
    const centre = segment.reduce((a, b) => a + b, 0) / segment.length;
    return total + segment.reduce((a, b) => a + (b - centre) ** 2, 0) + (i > 0 ? penalty : 0);
  }, 0);
}
