import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fewest } from '../../src/stats/fewest.ts';

test('finds the first of which it holds, and asks few', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.nat(1000), fc.nat(1000), (...numbers) => {
      const [low, first, high] = numbers.toSorted((a, b) => a - b) as [number, number, number];
      const asked: number[] = [];
      const found = fewest(low, high, count => {
        asked.push(count);
        return count >= first;
      });
      expect(found).toBe(first);
      expect(asked.length).toBeLessThanOrEqual(Math.ceil(Math.log2(high - low + 1)));
      expect(asked.every(count => count >= low && count < high)).toBe(true);
    }),
  );
});
