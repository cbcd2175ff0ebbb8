import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seedsNeeded } from '../../src/stats/seeds-needed.ts';
import { studentCritical } from '../../src/stats/student-t.ts';

// From t tables: 2.571/√6 = 1.050 is below 1.1, 2.776/√5 = 1.241 is not.
test('six seeds for a distance of 1.1 standard deviations', () => {
  expect(seedsNeeded(1.1, 1, 0.95)).toBe(6);
});

test('the seeds needed would do, one fewer would not', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.15, max: 1.5, noNaN: true }),
      fc.constantFrom(0.9, 0.95, 0.975),
      (distance, level) => {
        const k = seedsNeeded(distance, 1, level) as number;
        const reach = (n: number): number => studentCritical(level, n - 1) / Math.sqrt(n);
        expect(reach(k)).toBeLessThan(distance);
        if (k > 3) expect(reach(k - 1)).toBeGreaterThanOrEqual(distance);
      },
    ),
    { numRuns: 30 },
  );
});

test('only the distance in deviations counts; a nearer bound and a higher level need no fewer', () => {
  const distances = fc.double({ min: 0.15, max: 3, noNaN: true });
  fc.assert(
    fc.property(distances, distance => {
      const needed = seedsNeeded(distance, 1, 0.95) as number;
      expect(seedsNeeded(8 * distance, 8, 0.95)).toBe(needed);
      expect(seedsNeeded(0.9 * distance, 1, 0.95)).toBeGreaterThanOrEqual(needed);
      expect(seedsNeeded(distance, 1, 0.99)).toBeGreaterThanOrEqual(needed);
    }),
    { numRuns: 30 },
  );
});

test('never fewer than three, never more than a thousand', () => {
  expect(seedsNeeded(100, 1, 0.95)).toBe(3);
  const reach = studentCritical(0.95, 999) / Math.sqrt(1000);
  expect(seedsNeeded(1.0001 * reach, 1, 0.95)).toBe(1000);
  expect(seedsNeeded(0.9999 * reach, 1, 0.95)).toBeNull();
});

test('null beyond a thousand, at the bound itself, and for what is unknown', () => {
  expect(seedsNeeded(0.01, 1, 0.95)).toBeNull();
  expect(seedsNeeded(0, 0, 0.95)).toBeNull();
  expect(seedsNeeded(Number.NaN, 1, 0.95)).toBeNull();
  expect(seedsNeeded(1, Number.NaN, 0.95)).toBeNull();
});
