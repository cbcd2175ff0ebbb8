/** How often intervals hold the truth, in simulated experiments. */
import { describe, expect, test } from 'vitest';
import { stream } from '../../src/core/random.ts';
import { type Interval, meanInterval } from '../../src/stats/interval.ts';
import { mean } from '../../src/stats/summary.ts';

const interval = (values: readonly number[]): Interval => meanInterval(values, 0.95) as Interval;

/** Share of experiments with k normal effects around 1 whose interval holds 1. */
function coverage(k: number, experiments: number, of: (values: number[]) => Interval): number {
  const random = stream(5, `coverage ${k}`);
  const covered = Array.from({ length: experiments }, () => {
    const [low, high] = of(Array.from({ length: k }, () => 1 + 0.3 * random.normal()));
    return low <= 1 && 1 <= high;
  }).filter(Boolean).length;
  return covered / experiments;
}

function bootstrapInterval(values: readonly number[], draw: (n: number) => number): Interval {
  const means = Float64Array.from({ length: 999 }, () => mean(values.map(() => values[draw(values.length)] as number)));
  means.sort();
  return [means[24] as number, means[974] as number];
}

describe('coverage of a 95 % interval, in 4,000 experiments with normal effects', () => {
  // A share of 4,000 has a standard error of 0.00345 at 0.95: a true 0.95 passes with probability 0.9995.
  test.each([5, 10])('with %i seeds it is 0.95', k => {
    const share = coverage(k, 4000, interval);
    console.log(`t interval, ${k} seeds: ${share.toFixed(3)}`);
    expect(Math.abs(share - 0.95)).toBeLessThan(3.5 * 0.00345);
  });

  test.each([5, 10])('with %i seeds the percentile bootstrap stays below it', k => {
    const random = stream(6, `bootstrap ${k}`);
    const share = coverage(k, 4000, values => bootstrapInterval(values, random.below));
    console.log(`percentile bootstrap, ${k} seeds: ${share.toFixed(3)}`);
    expect(share).toBeLessThan(0.95 - 3.5 * 0.00345);
  });
});
