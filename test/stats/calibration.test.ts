import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calibrationError, reliability } from '../../src/stats/calibration.ts';
import { testSets } from './test-set-fixture.ts';

test.each(testSets())('agrees with NumPy, bins of equal width and of equal mass', row => {
  const confidences = row.probabilities.map(values => Math.max(...values));
  const right = row.predicted.map((predicted, i) => predicted === row.labels[i]);
  const error = (by: 'width' | 'mass'): number => calibrationError(reliability(confidences, right, { by }));
  expect(Math.abs(error('width') - row.eceByWidth)).toBeLessThan(1e-12);
  expect(Math.abs(error('mass') - row.eceByMass)).toBeLessThan(1e-12);
});

test('a net that says 0.8 and is right four times in five is calibrated; one that is always right is not', () => {
  const said = [0.8, 0.8, 0.8, 0.8, 0.8];
  expect(calibrationError(reliability(said, [true, true, true, true, false]))).toBeCloseTo(0, 12);
  expect(calibrationError(reliability(said, [true, true, true, true, true]))).toBeCloseTo(0.2, 12);
});

test('an edge belongs to the bin below; empty bins are left out', () => {
  const rows = reliability([0, 0.5, 0.51, 1], [false, true, true, true], { bins: 2 });
  expect(rows.map(({ from, to, images }) => [from, to, images])).toEqual([
    [0, 0.5, 2],
    [0.5, 1, 2],
  ]);
  expect(reliability([0.9], [true], { bins: 10 }).length).toBe(1);
  expect(reliability([0.2, 0.9, 0.4], [true, true, false], { bins: 2, by: 'mass' })).toEqual([
    { from: 0.2, to: 0.4, images: 2, confidence: expect.closeTo(0.3, 12), accuracy: 0.5 },
    { from: 0.9, to: 0.9, images: 1, confidence: 0.9, accuracy: 1 },
  ]);
});

test('a probability that rounding took above 1 is in the last bin; what is no number is in none', () => {
  expect(reliability([1 + 1e-7, 1], [true, true])).toMatchObject([{ to: 1, images: 2 }]);
  expect(reliability([Number.NaN, 0.5], [true, true])).toMatchObject([{ images: 1, confidence: 0.5 }]);
});

test('every image is in one bin, in any order; the error is a share', () => {
  const judged = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean()), { minLength: 1 });
  fc.assert(
    fc.property(judged, fc.constantFrom('width', 'mass'), fc.integer({ min: 1, max: 20 }), (pairs, by, bins) => {
      const rowsOf = (of: typeof pairs) =>
        reliability(
          of.map(([confidence]) => confidence),
          of.map(([, right]) => right),
          { by, bins },
        );
      const rows = rowsOf(pairs);
      expect(rows.reduce((sum, { images }) => sum + images, 0)).toBe(pairs.length);
      expect(rows.length).toBeLessThanOrEqual(bins);
      for (const { from, to, confidence } of rows) {
        expect(confidence).toBeGreaterThanOrEqual(from - 1e-12);
        expect(confidence).toBeLessThanOrEqual(to + 1e-12);
      }
      const error = calibrationError(rows);
      expect(error).toBeGreaterThanOrEqual(0);
      expect(error).toBeLessThanOrEqual(1);
      if (by === 'width') expect(calibrationError(rowsOf([...pairs].reverse()))).toBeCloseTo(error, 12);
    }),
  );
});
