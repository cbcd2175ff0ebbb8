import { expect, test } from 'vitest';
import { stream } from '../../src/core/random.ts';
import { PointWriter } from '../../src/tracking/point-writer.ts';
import { type Bucket, type BucketedCurve, bucketedCurves, curveSummaries, curves } from '../../src/tracking/queries.ts';
import type { Store } from '../../src/tracking/store.ts';
import { finishedRun } from './events.ts';
import { newPlace, openAll, writeJournal } from './journals.ts';

const RUN = 'aa0000000000';

/** A run with the given points of `x`, written in pieces as a recorder would. */
function storeWith(points: readonly (readonly [step: number, value: number])[], piece = 300): Store {
  const place = newPlace();
  writeJournal(place, RUN, finishedRun(RUN));
  const { store, recorder } = openAll(place);
  recorder.ingestAll();
  store.write(() => store.prepare("INSERT INTO metric_names (key, name) VALUES (99, 'x')").run());
  const writer = new PointWriter(store);
  for (let i = 0; i < points.length; i += piece) {
    store.write(() => {
      writer.begin(1);
      for (const [step, value] of points.slice(i, i + piece))
        writer.add(99, step, Number.isNaN(value) ? null : value, 1);
      writer.settle();
    });
  }
  return store;
}

/** The same buckets from all points, one by one. */
function scanned(store: Store, buckets: readonly Bucket[], from: number, to: number): Bucket[] {
  const points = curves(store, { runs: [RUN], metrics: ['x'] })[0]?.points ?? [];
  return buckets.map(bucket => {
    const all = points.filter(([step]) => step >= Math.max(from, bucket.from) && step <= Math.min(to, bucket.to));
    const values = all.map(([, value]) => value).filter(value => !Number.isNaN(value));
    return {
      from: bucket.from,
      to: bucket.to,
      points: all.length,
      notNumbers: all.length - values.length,
      min: values.length === 0 ? Number.NaN : Math.min(...values),
      max: values.length === 0 ? Number.NaN : Math.max(...values),
      mean: values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length,
    };
  });
}

function expectExact(store: Store, buckets: number, from?: number, to?: number): void {
  const [curve] = bucketedCurves(store, { runs: [RUN], metrics: ['x'], buckets, from, to });
  const points = curves(store, { runs: [RUN], metrics: ['x'] })[0]?.points ?? [];
  const inRange = points.filter(([step]) => step >= (from ?? 0) && step <= (to ?? Number.MAX_SAFE_INTEGER));
  if (curve === undefined) expect(inRange).toEqual([]);
  else expectSame(store, curve, buckets, inRange.length, [from ?? 0, to ?? Number.MAX_SAFE_INTEGER]);
}

function expectSame(
  store: Store,
  curve: BucketedCurve,
  buckets: number,
  points: number,
  [from, to]: [number, number],
): void {
  expect(curve.buckets.length).toBeLessThanOrEqual(buckets);
  expect(curve.points).toBe(points);
  expect(curve.buckets.reduce((sum, bucket) => sum + bucket.points, 0)).toBe(points);
  const expected = scanned(store, curve.buckets, from, to);
  curve.buckets.forEach((bucket, i) => {
    const { mean, ...exact } = expected[i] as Bucket;
    expect(bucket).toMatchObject(exact);
    if (Number.isFinite(mean))
      expect(Math.abs(bucket.mean - mean)).toBeLessThanOrEqual(1e-13 * Math.max(1, Math.abs(mean)));
    else expect(bucket.mean).toBe(mean);
  });
}

const wave = (count: number, every = 1): [number, number][] =>
  Array.from({ length: count }, (_, i) => [1 + i * every, i % 97 === 5 ? Number.NaN : Math.sin(i / 50) + 1e-3 * i]);

test.each([1, 2, 7, 100, 1000, 5000])('%d buckets of a long curve agree with a look at every point', buckets => {
  expectExact(storeWith(wave(20_000)), buckets);
});

test('any range, any number of buckets, sparse or dense, in any order of writing', () => {
  const random = stream(1, 'buckets', 0);
  for (const every of [1, 3, 700]) {
    const points = wave(4000, every);
    if (every === 3) points.reverse();
    const store = storeWith(points, 1 + random.below(900));
    const last = 4000 * every;
    for (let i = 0; i < 30; i++) {
      const [a, b] = [random.below(last), random.below(last)];
      expectExact(store, 1 + random.below(300), Math.min(a, b), Math.max(a, b));
    }
  }
});

test('steps that are written again, as after a checkpoint, count once and with their last value', () => {
  const store = storeWith(
    [...wave(3000), ...wave(2500).map(([step, value]): [number, number] => [step, value * 2])],
    257,
  );
  expectExact(store, 3);
  expect(bucketedCurves(store, { runs: [RUN], metrics: ['x'], buckets: 1 })[0]?.points).toBe(3000);
});

test('infinities and curves of nothing but NaN are told as they are', () => {
  const store = storeWith(
    Array.from({ length: 1000 }, (_, i) => [i + 1, i < 600 ? Number.NaN : i === 700 ? Infinity : 1]),
  );
  const [curve] = bucketedCurves(store, { runs: [RUN], metrics: ['x'], buckets: 3 });
  expect(curve?.buckets.map(({ points, notNumbers, max }) => [points, notNumbers, max])).toEqual([
    [511, 511, Number.NaN],
    [489, 89, Infinity],
  ]);
  expectExact(
    storeWith([
      [1, Infinity],
      [2, -Infinity],
      [300, 1],
      [1000, 2],
    ]),
    1,
  );
});

test('few points are the points themselves', () => {
  const [curve] = bucketedCurves(
    storeWith([
      [3, 1],
      [4, 0.5],
    ]),
    { runs: [RUN], metrics: ['x'] },
  );
  expect(curve).toMatchObject({
    width: 1,
    points: 2,
    buckets: [
      { from: 3, to: 3, mean: 1 },
      { from: 4, to: 4, mean: 0.5 },
    ],
  });
  expect(bucketedCurves(storeWith([[3, 1]]), { runs: ['none'] })).toEqual([]);
  expect(() => bucketedCurves(storeWith([[3, 1]]), { runs: [RUN], buckets: 0 })).toThrow(
    /^buckets: expected .* got 0\.$/,
  );
});

test('a curve in five figures', () => {
  expect(curveSummaries(storeWith(wave(2000)), RUN)).toEqual([
    { metric: 'train.loss', points: 3, first: 1, min: 1 / 3, last: 1 / 3 },
    { metric: 'x', points: 2000, first: 0, min: expect.closeTo(-0.76, 1), last: expect.closeTo(2.73, 1) },
  ]);
});
