import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgePairs, type Pairs } from '../../src/gate/check.ts';
import { adjustForAll, levelOfLook } from '../../src/gate/decision.ts';
import { seedsNeeded, studentCritical } from '../../src/stats/index.ts';
import { decide } from '../calibration/simulate.ts';

const pairs = (changes: Partial<Pairs>): Pairs => {
  const present = changes.present ?? [];
  const baseline = changes.baseline ?? present.map(() => 0);
  const seeds = present.map((_, i) => i + 1);
  return { metric: 'm', arm: 'a', direction: 'lower', seeds, margin: 1, level: 0.95, ...changes, baseline, present };
};

describe('one check', () => {
  test('the interval decides: U at the margin passes, L at the margin does not fail', () => {
    expect(judgePairs(pairs({ present: [1, 1, 1] }))).toMatchObject({ outcome: 'pass', interval: [1, 1] });
    expect(judgePairs(pairs({ present: [0, 0, 0], margin: 0 })).outcome).toBe('pass');
    expect(judgePairs(pairs({ present: [1.1, 1.1, 1.1] }))).toMatchObject({ outcome: 'fail', p: 0 });
    expect(judgePairs(pairs({ present: [0, 1, 2] }))).toMatchObject({ outcome: 'inconclusive' });
  });

  test('says all that it found', () => {
    const open = judgePairs(pairs({ baseline: [1, 1, 1], present: [1, 2, 3], margin: 0.5 }));
    expect(open).toEqual({
      ...{ metric: 'm', arm: 'a', outcome: 'inconclusive', because: 'the interval reaches over the margin' },
      ...{ baseline: 1, present: 2, worsening: 1, margin: 0.5, level: 0.95, seeds: [1, 2, 3] },
      interval: [expect.closeTo(1 - 4.302653 / Math.sqrt(3), 6), expect.closeTo(1 + 4.302653 / Math.sqrt(3), 6)],
      // Student's t of 0.5 · √3 on two degrees of freedom has a closed form.
      p: expect.closeTo(0.5 - 0.5 * Math.sqrt(0.75 / 2.75), 12),
      ...{ adjustedP: null, permutationP: 0.5, seedsNeeded: seedsNeeded(0.5, 1, 0.95) },
    });
    expect(judgePairs(pairs({ present: [0, 0.1, -0.1] }))).toMatchObject({ because: null, seedsNeeded: null });
    expect(judgePairs(pairs({ present: [1] }))).toMatchObject({ outcome: 'inconclusive', interval: null });
  });

  test('where higher is better, less is worse', () => {
    const fewer = pairs({ direction: 'higher', baseline: [10, 10, 10], present: [7, 7.1, 6.9] });
    expect(judgePairs(fewer)).toMatchObject({ outcome: 'fail' });
    expect(judgePairs({ ...fewer, direction: 'lower' })).toMatchObject({ outcome: 'pass' });
  });

  test('a fail is a one-sided p below half of the error, and the other way round', () => {
    const values = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 3, maxLength: 10 });
    fc.assert(
      fc.property(values, present => {
        const check = judgePairs(pairs({ present }));
        fc.pre(check.interval !== null && Math.abs((check.interval[0] as number) - 1) > 1e-9);
        expect(check.outcome === 'fail').toBe((check.p as number) < 0.025);
      }),
    );
  });

  test('censored: what understates the worsening bars a pass, what overstates it bars a fail', () => {
    const never = { above: 10 };
    expect(judgePairs(pairs({ baseline: [10, 10, 10], present: [10, 10, never] }))).toMatchObject({
      outcome: 'inconclusive',
      because: '1 seeds never reached it in their steps: how much worse they are is unknown',
      seedsNeeded: null,
    });
    expect(judgePairs(pairs({ baseline: [never, never, 1], present: [30, 31, 32] }))).toMatchObject({
      outcome: 'inconclusive',
    });
    expect(judgePairs(pairs({ baseline: [{ above: 1 }, 1, 1.1], present: [9, 9, 9] })).because).toBe(
      '1 seeds never reached it in their steps: how much better they are is unknown',
    );
    expect(judgePairs(pairs({ baseline: [0, 0, never], present: [0, 1, 13] }))).toMatchObject({
      because: 'the interval reaches over the margin',
      seedsNeeded: expect.any(Number),
    });
    expect(judgePairs(pairs({ baseline: [1, 1, 1], present: [9, 9.1, never] })).outcome).toBe('fail');
    expect(judgePairs(pairs({ baseline: [never, 9, 9], present: [1, 2, 1] })).outcome).toBe('pass');
    const better = { direction: 'higher', baseline: [never, 9, 9.5], present: [1, 1, 1.2] } as const;
    expect(judgePairs(pairs(better)).outcome).toBe('fail');
  });
});

test('many checks: a fail that stands alone does not stand among ten; clear ones do', () => {
  const borderline = judgePairs(pairs({ present: [2, 3.3, 2.6, 1.4, 3.2] }));
  expect(borderline.outcome).toBe('fail');
  const passing = Array.from({ length: 30 }, () => judgePairs(pairs({ present: [0, 0.1, -0.1, 0.05, 0] })));
  const [among] = adjustForAll([borderline, ...passing], 0.95);
  expect(among).toMatchObject({ outcome: 'inconclusive', because: expect.stringMatching(/among so many/) });
  expect(adjustForAll([borderline], 0.95)[0]?.outcome).toBe('fail');
  const clear = judgePairs(pairs({ present: [5, 5.001, 5.002, 4.999, 5] }));
  expect(adjustForAll([clear, ...passing], 0.95)[0]?.outcome).toBe('fail');
});

test('half of the error is the bound of an adjusted p; what is no test does not count among them', () => {
  const failing = { ...judgePairs(pairs({ present: [5, 5.1, 5.2] })), p: 0.02 };
  const passing = { ...judgePairs(pairs({ present: [0, 0, 0] })), p: 1 };
  const counted = { ...passing, p: null };
  expect(adjustForAll([failing, passing], 0.95)[0]).toMatchObject({ outcome: 'inconclusive', adjustedP: 0.04 });
  expect(adjustForAll([{ ...failing, p: 0.01 }, passing], 0.95)[0]).toMatchObject({ outcome: 'fail', adjustedP: 0.02 });
  const [alone, same] = adjustForAll([{ ...failing, p: 0.03 }, counted], 0.95);
  expect(alone).toMatchObject({ outcome: 'fail', adjustedP: 0.03 });
  expect(same).toBe(counted);
});

test('the simulation decides as the gate does', () => {
  const looks = [5, 10];
  const level = levelOfLook(0.95, looks.length);
  expect(level).toBeCloseTo(0.975, 12);
  const reach = looks.map(k => studentCritical(level, k - 1) / Math.sqrt(k));
  const effects = fc.array(fc.double({ min: -1, max: 4, noNaN: true }), { minLength: 10, maxLength: 10 });
  fc.assert(
    fc.property(effects, values => {
      const atLook = (k: number) => judgePairs(pairs({ present: values.slice(0, k), level })).outcome;
      const first = atLook(5);
      expect(decide(Float64Array.from(values), looks, reach, 1)).toBe(first === 'inconclusive' ? atLook(10) : first);
    }),
  );
});
