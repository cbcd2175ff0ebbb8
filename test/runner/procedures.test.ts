import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setInMemory } from '../../src/core/dataset.ts';
import type { NetDescription } from '../../src/core/net.ts';
import { netParameters, sizeOf } from '../../src/core/parameters.ts';
import { predictedProcedures, predictionsPath, readPredictions } from '../../src/core/predictions.ts';
import type { ViewProcedure } from '../../src/core/procedure.ts';
import { stream } from '../../src/core/random.ts';
import type { InputFormat } from '../../src/data/index.ts';
import type { TensorFlow } from '../../src/engine/backend.ts';
import { initialValues } from '../../src/engine/initialise.ts';
import { Predictor } from '../../src/engine/predictor.ts';
import { loadTensorFlow } from '../../src/engine/tensorflow.ts';
import { applyToWhole, findNet } from '../../src/nets/index.ts';
import { averageViews, eyesOf, runProcedure, type TrainedNet } from '../../src/runner/procedures/index.ts';
import { newFolder } from '../new-folder.ts';

const CLASSES = 4;
const [STORED, SEEN] = [32, 28];
const FORMAT: InputFormat = {
  shape: [SEEN, SEEN, 3],
  shorterSide: null,
  scale: 'standardised',
  mean: [0.5, 0.5, 0.5],
  std: [1, 1, 1],
};
const folder = newFolder(afterAll);
const ABOUT = { folder, run: 'abc', step: 1, dataset: 'made-up', fingerprint: 'f', classes: ['a', 'b', 'c', 'd'] };

let tf: TensorFlow;
beforeAll(async () => {
  tf = await loadTensorFlow({ threads: 1 });
});

/** With weights that tell images apart. */
async function trainedNet(name: string, options = {}): Promise<TrainedNet & { dispose(): void }> {
  const net = await findNet(name, { form: 'small', ...options }, { shape: FORMAT.shape, classes: CLASSES });
  const weights = initialValues(net, 3);
  const batch = 6;
  const predictor = await Predictor.create(tf, { net, batch, weights });
  const predict = (images: Float32Array) => predictor.predict(images).probabilities;
  return {
    tf,
    net,
    format: FORMAT,
    precision: 'float32',
    batch,
    predict,
    weights: () => weights,
    dispose: () => predictor.dispose(),
  };
}

/** Images whose pixel (y, x) is `value(y, x, image)`. */
function images(
  count: number,
  value: (y: number, x: number, image: number) => number,
  [height, width] = [STORED, STORED],
) {
  const pixels = new Uint8Array(count * height * width * 3);
  for (let p = 0; p < pixels.length; p++) {
    const at = Math.floor(p / 3);
    pixels[p] = value(Math.floor(at / width) % height, at % width, Math.floor(at / (height * width)));
  }
  return setInMemory(
    pixels,
    [height, width, 3],
    Uint8Array.from({ length: count }, (_, i) => i % CLASSES),
  );
}

async function predicted(
  procedure: ViewProcedure,
  trained: TrainedNet,
  set: ReturnType<typeof images>,
): Promise<number[][]> {
  const eyes = await eyesOf(procedure, trained);
  const rows: number[][] = [];
  await averageViews(set, eyes, CLASSES, (_, row) => rows.push([...row]));
  for (const eye of eyes) eye.dispose();
  return rows;
}

const noise = stream(1, 'procedures test', 0);
const NOISE = Array.from({ length: 8 * STORED * 64 }, () => noise.below(256));
const noisy = (y: number, x: number, image: number): number => NOISE[(image * STORED + y) * 64 + x] as number;

describe('crops', () => {
  let trained: Awaited<ReturnType<typeof trainedNet>>;
  beforeAll(async () => {
    trained = await trainedNet('resnet-18', { widths: [4, 4, 8, 8] });
  });
  afterAll(() => trained.dispose());

  test('of a constant image all procedures say what the single crop says', async () => {
    const set = images(7, (_y, _x, image) => 30 * image);
    const single = await predicted({ kind: 'single-crop' }, trained, set);
    expect(new Set(single.map(row => row[0])).size).toBe(7);
    for (const procedure of [
      { kind: 'ten-crop' },
      { kind: 'multi-scale', scales: [28, 40] },
      { kind: '144-crop', scales: [30, 36] },
    ] as const)
      expectNear(await predicted(procedure, trained, set), single, 1e-6);
  });

  test('an image and its mirror image get the same ten crops, and other single crops', async () => {
    const set = images(5, noisy);
    const mirrored = images(5, (y, x, image) => noisy(y, STORED - 1 - x, image));
    expectNear(
      await predicted({ kind: 'ten-crop' }, trained, set),
      await predicted({ kind: 'ten-crop' }, trained, mirrored),
      1e-6,
    );
    const [single, other] = [
      await predicted({ kind: 'single-crop' }, trained, set),
      await predicted({ kind: 'single-crop' }, trained, mirrored),
    ];
    expect(Math.abs((single[0]?.[0] as number) - (other[0]?.[0] as number))).toBeGreaterThan(1e-4);
  });

  test('the mean of the views that the net was shown one by one', async () => {
    const set = images(2, noisy);
    const [row] = await predicted({ kind: 'ten-crop' }, trained, set);
    const [eye] = await eyesOf({ kind: 'ten-crop' }, trained);
    const views = eye?.windowsOf({ height: STORED, width: STORED }) ?? [];
    const means = new Array<number>(CLASSES).fill(0);
    for (const window of views) {
      const alone = [{ ...(eye as NonNullable<typeof eye>), windowsOf: () => [window] }];
      await averageViews(set, alone, CLASSES, (i, one) => {
        if (i > 0) return;
        for (const [k, value] of one.entries()) means[k] = (means[k] as number) + value / views.length;
      });
    }
    expectNear([row as number[]], [means], 1e-6);
  });

  test('what a pause throws ends the work, between two batches, and nothing is kept', async () => {
    const asked = new Error('stop');
    let pauses = 0;
    const pause = async () => {
      if (++pauses === 3) throw asked;
    };
    const set = images(8, noisy);
    await expect(runProcedure({ kind: 'ten-crop' }, trained, set, ABOUT, pause)).rejects.toBe(asked);
    expect(pauses).toBe(3);
    expect(predictedProcedures(folder)).not.toContain('ten-crop');
  });

  test('figures are those of the predictions that are kept', async () => {
    const set = images(8, noisy);
    const figures = await runProcedure({ kind: 'ten-crop' }, trained, set, ABOUT);
    const kept = readPredictions(predictionsPath(folder, 'ten-crop'));
    expect(kept.about).toEqual({ procedure: 'ten-crop', ...ABOUT, folder: undefined });
    expect([...kept.labels]).toEqual([...set.labels]);
    expect(figures.top1).toBe([...kept.ranks].filter(rank => rank !== 1).length / 8);
    expect(figures.loss).toBeCloseTo([...kept.losses].reduce((a, b) => a + b, 0) / 8, 6);
    const rows = await predicted({ kind: 'ten-crop' }, trained, set);
    expectNear(
      rows.map((_, i) => [...kept.probabilities(i)]),
      rows,
      4e-5,
    );
  });
});

describe('dense', () => {
  const NETS = [
    ['vgg-a', { filters: [4, 4, 4, 4, 4, 4, 4, 4], hidden: [8, 8] }],
    ['alexnet', { hidden: [8, 8] }],
    ['resnet-18', { widths: [4, 4, 8, 8] }],
  ] as const;

  test.each(NETS)('%s at the size it was trained at gives its own logits', async (name, options) => {
    const { net, weights, dispose } = await trainedNet(name, options);
    const whole = await Predictor.create(tf, { net: applyToWhole(net, net.input), batch: 3, weights: weights() });
    const own = await Predictor.create(tf, { net, batch: 3, weights: weights() });
    const input = Float32Array.from(
      { length: 3 * sizeOf(net.input) },
      (_, i) => (NOISE[i % NOISE.length] as number) / 128 - 1,
    );
    const [got, expected] = [whole.predict(input).logits, own.predict(input).logits];
    const largest = Math.max(...expected.map(Math.abs));
    expect(largest).toBeGreaterThan(0);
    for (const [i, value] of expected.entries())
      expect(Math.abs((got[i] as number) - value)).toBeLessThan(2e-6 * largest);
    for (const one of [whole, own, { dispose }]) one.dispose();
  });

  test('on a larger image: the mean of the class scores at every place, then soft-max, then the mirror image', async () => {
    const { net, weights, dispose, ...trained } = await trainedNet('vgg-a', NETS[0][1]);
    const set = images(2, noisy, [60, 60]);
    const [row] = await predicted({ kind: 'dense', scales: [60] }, { net, weights, ...trained }, set);
    expect((row as number[]).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
    const larger = applyToWhole(net, [60, 60, 3]);
    expect(larger.layers.at(-1)?.op.kind).toBe('global-average-pool');
    expect(larger.layers.at(-1)?.inputs[0]?.output).toEqual([2, 2, CLASSES]);
    expect(parameterSizes(larger)).toEqual(parameterSizes(net));
    dispose();
  });

  test('a net that knows one size only is one line', async () => {
    const net = await findNet('lenet-5', {}, { shape: [32, 32, 1], classes: 10 });
    expect(() => applyToWhole(net, [40, 40, 1])).toThrow(
      /^dense evaluation of lenet-5: layer .* \(rbf\) knows one image size/,
    );
  });
});

const parameterSizes = (net: NetDescription) =>
  Object.fromEntries(netParameters(net).map(({ name, shape }) => [name, sizeOf(shape)]));

function expectNear(
  got: readonly (readonly number[])[],
  expected: readonly (readonly number[])[],
  tolerance: number,
): void {
  expect(got.length).toBe(expected.length);
  for (const [i, row] of expected.entries())
    for (const [k, value] of row.entries()) expect(Math.abs((got[i]?.[k] as number) - value)).toBeLessThan(tolerance);
}
