import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stream } from '../../src/core/random.ts';
import { signFlipP } from '../../src/stats/sign-flip.ts';
import { studentTail } from '../../src/stats/student-t.ts';
import { fixture } from './fixture.ts';

/** In whole numbers, where nothing is rounded and every tie is one. */
function countedP(effects: readonly number[]): number {
  const totalOf = (pattern: number): number =>
    Math.abs(effects.reduce((sum, effect, i) => sum + ((pattern >> i) & 1 ? -effect : effect), 0));
  const patterns = Array.from({ length: 2 ** effects.length }, (_, pattern) => totalOf(pattern));
  return patterns.filter(total => total >= totalOf(0)).length / patterns.length;
}

test.each(fixture<{ effects: number[]; p: number }[]>('paired'))(
  'agrees with SciPy: $effects.length effects, p $p',
  ({ effects, p }) => {
    expect(signFlipP(effects)).toBe(p);
  },
);

// Fisher 1935, The Design of Experiments, §21: 863 of 2^15 patterns in each tail.
test("Darwin's maize", () => {
  const maize = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];
  expect(signFlipP(maize)).toBe((2 * 863) / 2 ** 15);
});

describe('ties are counted whatever the scale, though rounding hides them', () => {
  const whole = (k: number) => fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: k });
  const scale = fc.constantFrom(1, 0.1, 1 / 3, 7.3, 1e-13, 1e9 / 7);

  test('up to 12 effects', () => {
    fc.assert(
      fc.property(whole(12), scale, (effects, unit) => {
        expect(signFlipP(effects.map(effect => effect * unit))).toBe(countedP(effects));
      }),
    );
  });

  test('20 effects', () => {
    const random = stream(7, 'ties');
    const effects = Array.from({ length: 20 }, () => random.below(41) - 20);
    expect(signFlipP(effects.map(effect => effect * 7.3))).toBe(countedP(effects));
  });
});

test('it is between 2/2^k and 1, and does not see the sign or the order', () => {
  const effects = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(effects, values => {
      const p = signFlipP(values) as number;
      expect(p).toBeGreaterThanOrEqual(2 / 2 ** values.length);
      expect(p).toBeLessThanOrEqual(1);
      expect(signFlipP(values.map(value => -value))).toBe(p);
      expect(signFlipP([...values].reverse())).toBe(p);
      expect(signFlipP(values.map(value => 1024 * value))).toBe(p);
    }),
  );
});

describe('more than 20 effects: patterns are drawn', () => {
  const random = stream(6, 'many');
  const values = Array.from({ length: 21 }, () => 0.2 + random.normal());

  test('close to the exact share, and the same at every call', () => {
    // One effect of 0 doubles every pattern: the exact p of 20 effects is that of these 21.
    const exact = signFlipP(values.slice(1)) as number;
    const drawn = signFlipP([0, ...values.slice(1)]) as number;
    expect(Math.abs(drawn - exact)).toBeLessThan(5 * Math.sqrt((exact * (1 - exact)) / 100_000));
    expect(signFlipP([0, ...values.slice(1)])).toBe(drawn);
  });

  test('close to the normal approximation, and never 0', () => {
    const total = values.reduce((sum, value) => sum + value, 0);
    const z = Math.abs(total) / Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
    const ratio = (signFlipP(values) as number) / (2 * studentTail(z, 1000));
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
    expect(signFlipP(Array.from({ length: 60 }, () => 1))).toBe(1 / 100_000);
  });
});

test('effects that all point one way are as extreme as can be; one that is 0 adds nothing', () => {
  const positive = fc.array(fc.double({ min: 0.5, max: 2, noNaN: true }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(positive, effects => {
      expect(signFlipP(effects)).toBe(2 / 2 ** effects.length);
    }),
  );
  const whole = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(whole, effects => {
      expect(signFlipP([...effects, 0])).toBe(signFlipP(effects));
    }),
  );
});

test('null without effects, NaN if one is not finite', () => {
  expect(signFlipP([])).toBeNull();
  expect(signFlipP([1, Number.NaN])).toBeNaN();
  expect(signFlipP([1, Number.POSITIVE_INFINITY])).toBeNaN();
  expect(signFlipP(Array.from({ length: 21 }, () => Number.NaN))).toBeNaN();
});
