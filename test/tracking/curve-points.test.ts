import { expect, test } from 'vitest';
import { deletePoints } from '../../src/tracking/curve-points.ts';
import { EventRecorder } from '../../src/tracking/event-recorder.ts';
import { bucketedCurves, curves, pointsAfter } from '../../src/tracking/queries.ts';
import { attempt, cellEvent, point } from './events.ts';
import { newPlace, openAll } from './journals.ts';

const RUN = 'abc123abc123';

test.each([
  ['within one stretch', 2 ** 24 - 700],
  ['across two of them', 2 ** 24 - 300],
  ['far beyond', 2 ** 50 - 3],
])('steps %s are kept exactly: in order, replaced, summed up, deleted', (_, first) => {
  const place = newPlace();
  const { store } = openAll(place);
  const recorder = new EventRecorder(store);
  const steps = Array.from({ length: 600 }, (_, i) => first + i);
  const run = store.write(() => recorder.runKey(RUN));
  store.write(() =>
    recorder.record(run, [attempt(RUN), cellEvent(), ...steps.toReversed().map(step => point(step, 1))]),
  );
  store.write(() => recorder.record(run, [point(first + 300, 7)]));
  const expected = steps.map((step, i) => [step, i === 300 ? 7 : 1]);
  expect(curves(store, { runs: [RUN] })[0]?.points).toEqual(expected);
  const [curve] = bucketedCurves(store, { runs: [RUN], buckets: 2 });
  expect(curve).toMatchObject({ points: 600, buckets: [{ from: first }, { to: first + 599 }] });
  expect(curve?.buckets.reduce((sum, { mean, points }) => sum + mean * points, 0)).toBe(606);
  const [part] = bucketedCurves(store, { runs: [RUN], from: first + 299, to: first + 302 });
  expect(part?.buckets.map(bucket => bucket.max)).toEqual([1, 7, 1, 1]);
  expect(pointsAfter(store, { run: RUN, metric: 'train.loss', after: first + 298, limit: 2 })).toMatchObject([
    { step: first + 299, value: 1 },
    { step: first + 300, value: 7 },
  ]);
  store.write(() => deletePoints(store, run));
  expect(store.read(() => store.prepare('SELECT count(*) FROM point_values', 'pluck').get())).toBe(0);
});
