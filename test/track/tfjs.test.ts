import { join } from 'node:path';
import { expect, test } from 'vitest';
import { track } from '../../src/index.ts';
import { journalEvents } from '../../src/runner/journal-events.ts';
import { tf } from '../engine/tensorflow.ts';
import { newPlace } from '../tracking/journals.ts';

test('model.fit logs each batch, and each epoch with its validation', async () => {
  const run = track({ experiment: 'tfjs', dir: newPlace().dir, systemMetrics: false });
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  const [x, y] = [tf.ones([8, 2]), tf.ones([8, 1])];
  await model.fit(x, y, { epochs: 2, batchSize: 4, validationData: [x, y], verbose: 0, callbacks: track.tfjs(run) });
  run.finish();
  const points = [...journalEvents(join(run.folder, 'journal'))].filter(event => event.type === 'points');
  expect(points.map(event => [event.step, Object.keys(event.values)])).toEqual([
    [1, ['train.loss']],
    [2, ['train.loss']],
    [2, ['val.loss', 'epoch.loss']],
    [3, ['train.loss']],
    [4, ['train.loss']],
    [4, ['val.loss', 'epoch.loss']],
  ]);
  for (const { values } of points) for (const value of Object.values(values)) expect(value).toBeTypeOf('number');
});
