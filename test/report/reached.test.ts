import { describe, expect, test } from 'vitest';
import { medianStep, reachedBy, shareReached, targetOf } from '../../src/report/reached.ts';
import { inventResults } from './example-results.ts';

const seed = (step: number, censored = false) => ({ seed: step, step, censored });

describe('share of seeds that reached a target', () => {
  test('without censoring it is the plain share', () => {
    expect(shareReached([seed(10), seed(20), seed(20), seed(40)])).toEqual([
      { step: 0, share: 0 },
      { step: 10, share: 0.25 },
      { step: 20, share: 0.75 },
      { step: 40, share: 1 },
    ]);
  });

  test('Freireich’s 6-MP group, as Kaplan–Meier is taught: 0.857 at 6 weeks, 0.448 at 23', () => {
    const reached = [6, 6, 6, 7, 10, 13, 16, 22, 23];
    const censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35];
    const rows = shareReached([...reached.map(step => seed(step)), ...censored.map(step => seed(step, true))]);
    const left = (at: number) => 1 - (rows.find(({ step }) => step === at)?.share ?? Number.NaN);
    expect(left(6)).toBeCloseTo(0.8571, 4);
    expect(left(10)).toBeCloseTo(0.7529, 4);
    expect(left(16)).toBeCloseTo(0.6275, 4);
    expect(left(23)).toBeCloseTo(0.4482, 4);
  });

  test('the middle is unknown where most did not reach it', () => {
    expect(medianStep([seed(10), seed(50, true), seed(50, true)])).toBeNull();
    expect(medianStep([seed(10), seed(20), seed(50, true)])).toBe(20);
  });
});

test('a seed reaches the target at its first evaluation at or below it; else it is censored at its last', async () => {
  const results = await inventResults({ seeds: 1 });
  const run = results.runs[0] as (typeof results.runs)[number];
  const points = [
    [100, 0.5],
    [200, 0.3],
    [300, 0.4],
  ] as const;
  const curves = [{ run: run.id, arm: run.arm, seed: 1, metric: 'test.top1', points }];
  const target = targetOf({ ...results, curves });
  expect(target?.metric.name).toBe('test.top1');
  const reached = (value: number) => reachedBy({ ...results, curves }, run.arm, { ...target, value } as never);
  expect(reached(30)).toEqual([{ seed: 1, step: 200, censored: false }]);
  expect(reached(29)).toEqual([{ seed: 1, step: 300, censored: true }]);
});
