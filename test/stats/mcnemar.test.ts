import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type McNemar, mcnemar } from '../../src/stats/mcnemar.ts';
import { fixture } from './fixture.ts';

type Counts = Pick<McNemar, 'bothWrong' | 'firstWrong' | 'secondWrong' | 'bothRight'>;

const COUNTED = {
  bothWrong: [true, true],
  firstWrong: [true, false],
  secondWrong: [false, true],
  bothRight: [false, false],
};

/** Two lists of which images were wrong, with these counts. */
function lists(counts: Counts): [boolean[], boolean[]] {
  const pairs = Object.entries(COUNTED).flatMap(([name, pair]) =>
    Array.from({ length: counts[name as keyof Counts] }, () => pair as [boolean, boolean]),
  );
  return [pairs.map(pair => pair[0]), pairs.map(pair => pair[1])];
}

test('p-values and interval agree with statsmodels and SciPy to 1e-10', () => {
  const rows = fixture<(Counts & Pick<McNemar, 'exactP' | 'midP' | 'interval'>)[]>('mcnemar');
  expect(rows.length).toBeGreaterThan(5);
  for (const { exactP, midP, interval, ...counts } of rows) {
    const got = mcnemar(...lists(counts)) as McNemar;
    const of = JSON.stringify(counts);
    expect(got, of).toMatchObject(counts);
    expect(Math.abs(got.exactP - exactP), of).toBeLessThan(1e-10);
    expect(Math.abs(got.midP - midP), of).toBeLessThan(1e-10);
    expect(Math.abs(got.interval[0] - interval[0]), of).toBeLessThan(1e-10);
    expect(Math.abs(got.interval[1] - interval[1]), of).toBeLessThan(1e-10);
  }
});

// Fagerland, Lydersen & Laake 2014, airway hyper-responsiveness before and after a transplantation, table 2 and § 5.
test('the published example: p of 0.070 and 0.039, interval −0.517 to −0.026', () => {
  const got = mcnemar(...lists({ bothWrong: 1, firstWrong: 1, secondWrong: 7, bothRight: 12 })) as McNemar;
  expect(got.exactP.toFixed(3)).toBe('0.070');
  expect(got.midP.toFixed(3)).toBe('0.039');
  expect(got.interval.map(bound => bound.toFixed(3))).toEqual(['-0.517', '-0.026']);
});

test('the second against the first is the mirror image', () => {
  const wrong = fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(wrong, pairs => {
      const [first, second] = [pairs.map(pair => pair[0]), pairs.map(pair => pair[1])];
      const [there, back] = [mcnemar(first, second) as McNemar, mcnemar(second, first) as McNemar];
      expect(back.exactP).toBe(there.exactP);
      expect(back.midP).toBe(there.midP);
      expect(back.difference).toBeCloseTo(-there.difference, 14);
      expect(back.interval[0]).toBeCloseTo(-there.interval[1], 12);
      expect(back.interval[1]).toBeCloseTo(-there.interval[0], 12);
      expect(there.interval[0]).toBeLessThanOrEqual(there.difference);
      expect(there.interval[1]).toBeGreaterThanOrEqual(there.difference);
      expect(there.midP).toBeLessThanOrEqual(there.exactP);
    }),
  );
});

test('two that err alike do not differ; no images say nothing; other lengths are refused', () => {
  expect(mcnemar([true, false, false], [true, false, false])).toMatchObject({ difference: 0, exactP: 1, midP: 1 });
  expect(mcnemar([], [])).toBeNull();
  expect(() => mcnemar([true], [])).toThrow(new RangeError('1 images against 0'));
});
