/** The real images: what the definitions state about them is computed again. */
import { describe, expect, test } from 'vitest';
import type { ImageSet } from '../../src/core/dataset.ts';
import { allDatasetKinds, allDatasets, datasetModule, findDataset, loadDataset } from '../../src/data/index.ts';

const BALANCED = Array<number>(10).fill(1);

describe.each([
  // MNIST's classes have the sizes of the original files.
  ['fashion-mnist', BALANCED.map(n => n * 6000), BALANCED.map(n => n * 1000)],
  [
    'mnist',
    [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
    [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009],
  ],
])('%s', (name, train, testCounts) => {
  test('has the right number of images in each class', async () => {
    await (await findDataset(name)).fetch(() => {});
    const dataset = await loadDataset(name);
    expect(classSizes(dataset.train)).toEqual(train);
    expect(classSizes(dataset.test)).toEqual(testCounts);
  });

  test('states the mean and deviation of its training pixels', async () => {
    const dataset = await loadDataset(name);
    const { mean, deviation } = momentsOf(dataset.train);
    expect(dataset.mean).toEqual([expect.closeTo(mean, 12)]);
    expect(dataset.std).toEqual([expect.closeTo(deviation, 12)]);
  });
});

test('a file has the name of its dataset', async () => {
  for (const name of [...(await allDatasets()).keys(), ...(await allDatasetKinds()).map(kind => kind.name)])
    expect((await datasetModule(`${name}:x`)).pathname).toMatch(new RegExp(`/${name}\\.ts$`));
});

test('no two datasets have one fingerprint', async () => {
  const fingerprints = [...(await allDatasets()).values()].map(dataset => dataset.fingerprint);
  expect(new Set(fingerprints).size).toBe(fingerprints.length);
});

test('an unknown name: the nearest and all that are known', async () => {
  await expect(findDataset('fashion-mnits')).rejects.toThrow(
    /^unknown dataset "fashion-mnits"\. Did you mean "fashion-mnist"\? Known: .*mnist/,
  );
});

function classSizes({ labels }: ImageSet): number[] {
  const sizes = Array<number>(10).fill(0);
  for (const label of labels) sizes[label] = (sizes[label] as number) + 1;
  return sizes;
}

/** Of the pixels divided by 255, from how often each of the 256 values occurs. */
function momentsOf(set: ImageSet): { mean: number; deviation: number } {
  const times = new Float64Array(256);
  for (let index = 0; index < set.count; index++)
    for (const pixel of set.image(index).pixels) times[pixel] = (times[pixel] as number) + 1;
  const pixels = times.reduce((sum, n) => sum + n);
  const average = (of: (value: number) => number): number =>
    times.reduce((sum, n, pixel) => sum + n * of(pixel / 255), 0) / pixels;
  const mean = average(value => value);
  return { mean, deviation: Math.sqrt(average(value => (value - mean) ** 2)) };
}
