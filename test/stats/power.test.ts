import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detectableEffect, pairedPower, pairsForPower } from '../../src/stats/power.ts';
import { GATE } from './gate-fixture.ts';

test.each(GATE.power)('agrees with statsmodels: effect $effect, $pairs pairs, level $level', row => {
  expect(Math.abs(pairedPower(row.effect, row.pairs, row.level) - row.power)).toBeLessThan(1e-10);
});

test('the fewest pairs have the power, one fewer has not', () => {
  for (const effect of [0.1, 0.4, 1, 2.5]) {
    const pairs = pairsForPower(effect, 0.8, 0.95) as number;
    expect(pairedPower(effect, pairs, 0.95)).toBeGreaterThanOrEqual(0.8);
    if (pairs > 3) expect(pairedPower(effect, pairs - 1, 0.95)).toBeLessThan(0.8);
  }
  // Cohen's textbook case: half a deviation, power 0.8 takes 34 pairs.
  expect(pairsForPower(0.5, 0.8, 0.95)).toBe(34);
  // Two would do, but say next to nothing of the spread.
  expect(pairedPower(50, 2, 0.95)).toBeGreaterThan(0.8);
  expect(pairsForPower(50, 0.8, 0.95)).toBe(3);
});

test('no effect needs no pairs that there are; the detectable effect is the inverse', () => {
  expect(pairsForPower(0, 0.8, 0.95)).toBeNull();
  expect(pairsForPower(0, 0.01, 0.95)).toBeNull();
  expect(pairsForPower(0.001, 0.95, 0.95)).toBeNull();
  expect(pairsForPower(Number.NaN, 0.8, 0.95)).toBeNull();
  for (const pairs of [1, 0, -1, Number.NaN]) expect(pairedPower(1, pairs, 0.95)).toBeNaN();
  expect(pairedPower(Number.NaN, 10, 0.95)).toBeNaN();
  expect(pairedPower(detectableEffect(10, 0.95, 0.95), 10, 0.95)).toBeCloseTo(0.95, 10);
});

test('power grows with effect and pairs, falls with the level, and does not see the sign', () => {
  const effects = fc.double({ min: 0.05, max: 3, noNaN: true });
  fc.assert(
    fc.property(effects, fc.integer({ min: 3, max: 30 }), (effect, pairs) => {
      const power = pairedPower(effect, pairs, 0.95);
      expect(pairedPower(-effect, pairs, 0.95)).toBe(power);
      expect(pairedPower(1.2 * effect, pairs, 0.95)).toBeGreaterThanOrEqual(power);
      expect(pairedPower(effect, pairs + 1, 0.95)).toBeGreaterThanOrEqual(power);
      expect(pairedPower(effect, pairs, 0.99)).toBeLessThanOrEqual(power);
    }),
    { numRuns: 50 },
  );
});

test('without an effect it is the chance to err', () => {
  for (const level of [0.9, 0.95, 0.99]) expect(pairedPower(0, 10, level)).toBeCloseTo(1 - level, 12);
});
