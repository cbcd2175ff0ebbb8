import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import {
  decodePredictions,
  type Predictions,
  PredictionsEncoder,
  predictedProcedures,
  predictionsPath,
  readPredictions,
  writePredictions,
} from '../../src/core/predictions.ts';
import { bestClasses, rankOf } from '../../src/core/ranking.ts';
import { newFolder } from '../new-folder.ts';

const folder = newFolder(afterAll);

const aboutOf = (classes: number) => ({
  procedure: 'ten-crop',
  run: '0123abcdef00',
  step: 40,
  dataset: 'made-up',
  fingerprint: 'f00d',
  classes: Array.from({ length: classes }, (_, i) => `class ${i}`),
});

function encode(rows: readonly Float32Array[], labels: readonly number[]): Buffer {
  const encoder = new PredictionsEncoder(aboutOf(rows[0]?.length ?? 1));
  for (const [i, row] of rows.entries()) encoder.add(labels[i] as number, row);
  return encoder.bytes();
}

/** Rows of soft-max outputs, flat ones and steep ones. */
const rowsOf = (classes: number) =>
  fc
    .tuple(
      fc.double({ min: 0.1, max: 60, noNaN: true }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: classes, maxLength: classes }),
    )
    .map(([steepness, values]) => {
      const powers = values.map(value => Math.exp(steepness * value));
      const sum = powers.reduce((a, b) => a + b, 0);
      return Float32Array.from(powers, power => power / sum);
    });

test.each([2, 10, 100])('what goes in comes out, of %i classes', classes => {
  fc.assert(
    fc.property(fc.array(fc.tuple(rowsOf(classes), fc.nat(classes - 1)), { minLength: 1, maxLength: 5 }), images => {
      const read: Predictions = decodePredictions(
        encode(
          images.map(([row]) => row),
          images.map(([, label]) => label),
        ),
        'a file',
      );
      expect(read.about).toEqual(aboutOf(classes));
      expect(read.count).toBe(images.length);
      for (const [i, [row, label]] of images.entries()) {
        expect([read.labels[i], read.chosen[i], read.ranks[i]]).toEqual([
          label,
          bestClasses(row, 1)[0],
          rankOf(row, label),
        ]);
        expect(read.losses[i]).toBeCloseTo(-Math.log(row[label] as number), 4);
        const got = read.probabilities(i);
        for (const [k, value] of row.entries()) expect(Math.abs((got[k] as number) - value)).toBeLessThan(3.1e-5 * 1.1);
      }
    }),
    { numRuns: 60 },
  );
});

test('of 1,000 classes the twenty best are kept, and a sum of 1', () => {
  fc.assert(
    fc.property(rowsOf(1000), fc.nat(999), (row, label) => {
      const bytes = encode([row], [label]);
      expect(bytes.length).toBeLessThan(18_000);
      const read = decodePredictions(bytes, 'a file');
      const got = read.probabilities(0);
      for (const k of bestClasses(row, 20))
        expect(Math.abs((got[k] as number) - (row[k] as number))).toBeLessThan(4e-5);
      expect(got.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 4);
      expect(read.ranks[0]).toBe(rankOf(row, label));
    }),
    { numRuns: 20 },
  );
});

test('small probabilities keep their digits and their order', () => {
  const read = decodePredictions(encode([Float32Array.of(1, 1e-8, 1.1e-8, 1e-16)], [3]), 'a file').probabilities(0);
  expect((read[1] as number) / 1e-8).toBeCloseTo(1, 2);
  expect(bestClasses(read, 4)).toEqual([0, 2, 1, 3]);
});

test('not a number is never right, and does not break the file', () => {
  const read = decodePredictions(encode([new Float32Array(3).fill(Number.NaN)], [1]), 'a file');
  expect([read.ranks[0], read.losses[0], ...read.probabilities(0)]).toEqual([0, Number.NaN, 0, 0, 0]);
});

test('any byte that is changed or missing is noticed, in one line that names the file', () => {
  const bytes = encode([Float32Array.of(0.25, 0.75), Float32Array.of(0.5, 0.5)], [0, 1]);
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const altered = Buffer.from(bytes);
      altered[at] = (altered[at] as number) ^ change;
      expect(() => decodePredictions(altered, 'p.bin')).toThrow(
        /^p\.bin: expected a run's predictions, but .*--force\.$/,
      );
      expect(() => decodePredictions(bytes.subarray(0, at), 'p.bin')).toThrow(/^p\.bin: expected a run's predictions/);
    }),
  );
});

test('files of a run: written whole, listed, and missing or foreign ones are one line', () => {
  expect(predictedProcedures(folder)).toEqual([]);
  const encoder = new PredictionsEncoder(aboutOf(2));
  encoder.add(1, Float32Array.of(0.25, 0.75));
  writePredictions(predictionsPath(folder, 'ten-crop'), encoder);
  expect(predictedProcedures(folder)).toEqual(['ten-crop']);
  expect(readPredictions(predictionsPath(folder, 'ten-crop')).count).toBe(1);
  expect(() => readPredictions(predictionsPath(folder, 'dense'))).toThrow(/dense\.bin: .* there is no such file/);
  writeFileSync(predictionsPath(folder, 'foreign'), 'PNG');
  expect(() => readPredictions(predictionsPath(folder, 'foreign'))).toThrow(
    /foreign\.bin: .* does not begin with BENCHPR1/,
  );
});
