import { expect, test } from 'vitest';
import { decodePredictions, type Predictions, PredictionsEncoder } from '../../src/core/predictions.ts';
import { averagePredictions } from '../../src/stats/ensemble.ts';
import { exactInterval } from '../../src/stats/exact-interval.ts';
import { hardestImages } from '../../src/stats/hardest.ts';
import { testSetFigures, wrongAt } from '../../src/stats/test-set.ts';
import { testSets } from './test-set-fixture.ts';

function predictions(labels: readonly number[], rows: readonly (readonly number[])[], fingerprint = 'f'): Predictions {
  const classes = (rows[0] ?? []).map((_, i) => `c${i}`);
  const about = { procedure: 'single-crop', run: 'abc', step: 1, dataset: 'made-up', fingerprint, classes };
  const encoder = new PredictionsEncoder(about);
  for (const [i, row] of rows.entries()) encoder.add(labels[i] as number, Float32Array.from(row));
  return decodePredictions(encoder.bytes(), 'a file');
}

test.each(testSets())('figures of predictions that were kept are those of scikit-learn and NumPy', row => {
  const figures = testSetFigures(predictions(row.labels, row.probabilities));
  expect(figures.top1.rate).toBeCloseTo(row.top1, 12);
  expect(figures.loss).toBeCloseTo(row.loss, 5);
  expect(figures.confusion).toEqual(row.matrix);
  expect(figures.calibrationError).toBeCloseTo(row.eceByWidth, 3);
  expect(figures.classes.reduce((sum, { wrong }) => sum + wrong, 0)).toBe(figures.top1.wrong);
  expect(figures.images).toBe(row.labels.length);
  expect(figures.classes.map(({ name, images }) => [name, images])).toEqual(
    row.matrix.map((counts, i) => [`c${i}`, counts.reduce((sum, count) => sum + count, 0)]),
  );
  expect(figures.top1.interval).toEqual(exactInterval(figures.top1.wrong, row.labels.length));
  expect(figures.reliability.reduce((sum, { images }) => sum + images, 0)).toBe(row.labels.length);
});

test('top-5 errors are not among the five best; ties count against', () => {
  const six = [0.3, 0.25, 0.2, 0.15, 0.07, 0.03];
  const { top1, top5 } = testSetFigures(predictions([0, 4, 5], [six, six, six]));
  expect([top1.wrong, top5.wrong]).toEqual([2, 1]);
  expect(testSetFigures(predictions([0], [[0.5, 0.5]])).top1.wrong).toBe(1);
});

test('an ensemble of one is that one', () => {
  const [row] = testSets() as [ReturnType<typeof testSets>[number]];
  const one = predictions(row.labels, row.probabilities);
  expect(averagePredictions([one])).toBe(one);
});

test('of the same run twice nothing changes; of two runs it is the mean', () => {
  const [row] = testSets() as [ReturnType<typeof testSets>[number]];
  const one = predictions(row.labels, row.probabilities);
  const twice = averagePredictions([one, one]);
  expect(wrongAt(twice, 1)).toEqual(wrongAt(one, 1));
  expect([...twice.probabilities(0)]).toEqual([...one.probabilities(0)]);
  const [first, second] = [
    predictions(
      [0, 1],
      [
        [0.9, 0.1],
        [0.9, 0.1],
      ],
    ),
    predictions(
      [0, 1],
      [
        [0.3, 0.7],
        [0, 1],
      ],
    ),
  ];
  const both = averagePredictions([first, second]);
  expect([...both.probabilities(1)].map(value => value.toFixed(3))).toEqual(['0.450', '0.550']);
  expect(wrongAt(both, 1)).toEqual([false, false]);
  expect([...both.chosen]).toEqual([0, 1]);
  expect(both.losses[0]).toBeCloseTo(-Math.log(0.6), 4);
  expect(both.about).toMatchObject({ run: 'abc', procedure: 'single-crop', dataset: 'made-up' });
  const other = { ...second, about: { ...second.about, run: 'def' } };
  expect(averagePredictions([first, other]).about).toMatchObject({ run: 'abc+def', procedure: 'single-crop' });
  const third = { ...second, about: { ...second.about, procedure: 'ten-crop' } };
  expect(averagePredictions([first, other, third]).about.procedure).toBe('single-crop+ten-crop');
});

test('of other images it is refused in one line', () => {
  const [one, other] = [predictions([0], [[0.6, 0.4]]), predictions([0], [[0.6, 0.4]], 'g')];
  expect(() => averagePredictions([one, other])).toThrow(
    'expected predictions of one test set, got abc of 1 images of made-up (f) and abc of 1 images of made-up (g).',
  );
  const long = predictions([0], [[0.6, 0.4]], 'abcdefghijklmnop');
  expect(() => averagePredictions([one, long])).toThrow('and abc of 1 images of made-up (abcdefghijkl).');
  const two = predictions(
    [0, 1],
    [
      [0.6, 0.4],
      [0.6, 0.4],
    ],
  );
  expect(() => averagePredictions([one, two])).toThrow(/^expected predictions of one test set/);
  expect(() => averagePredictions([one, predictions([1], [[0.6, 0.4]])])).toThrow(
    /^expected predictions of one test set/,
  );
  const half = { ...two, labels: Uint16Array.from([0, 0]) };
  expect(() => averagePredictions([two, half])).toThrow(/^expected predictions of one test set/);
  expect(() => averagePredictions([])).toThrow('expected at least one run, got none.');
});

test('the hardest images have the greatest mean loss of their label; equal ones come by index', () => {
  const half = [0.5, 0.5];
  const one = predictions([0, 0, 1, 0], [half, [0.9, 0.1], [0.8, 0.2], half]);
  const other = predictions([0, 0, 1, 0], [half, [0.2, 0.8], [0.4, 0.6], half]);
  expect(hardestImages([one, other], 3)).toEqual([2, 1, 0]);
  expect(hardestImages([one], 9)).toEqual([2, 0, 3, 1]);
  expect(hardestImages([], 9)).toEqual([]);
});
