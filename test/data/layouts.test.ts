/** The layouts in which ImageNet and its smaller relatives come. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { ImageSet } from '../../src/core/dataset.ts';
import imagenet from '../../src/data/imagenet.ts';
import imagenette from '../../src/data/imagenette.ts';
import tinyImagenet from '../../src/data/tiny-imagenet.ts';
import { useTemporaryCache } from './made-up.ts';
import { jpeg, useImageFolder } from './pictures.ts';

useTemporaryCache();
const { root, put } = useImageFolder();
const [TENCH, SHARK] = ['n01440764', 'n01484850'];
const VAL = ['ILSVRC2012_val_00000001.JPEG', 'ILSVRC2012_val_00000002.JPEG', 'ILSVRC2012_val_00000003.JPEG'];

/** Labels of images in the order of their first pixels. */
function labelsByRed({ count, labels, image }: ImageSet): number[] {
  const seen = Array.from({ length: count }, (_, i) => ({
    red: image(i).pixels[0] as number,
    label: labels[i] as number,
  }));
  return seen.sort((a, b) => a.red - b.red).map(({ label }) => label);
}

describe('ImageNet', () => {
  beforeEach(async () => {
    put({ [`train/${SHARK}/${SHARK}_1.JPEG`]: await jpeg(1), [`train/${TENCH}/${TENCH}_1.JPEG`]: await jpeg(2) });
    for (const [i, name] of VAL.entries()) put({ [`val/${name}`]: await jpeg(10 * i) });
  });

  test.each([
    [
      'Kaggle',
      {
        'LOC_val_solution.csv': `ImageId,PredictionString\n${VAL.map((name, i) => `${name.replace('.JPEG', '')},${i === 1 ? TENCH : SHARK} 1 2 3 4 `).join('\n')}\n`,
      },
    ],
    ['a list with numbers', { 'val.txt': VAL.map((name, i) => `${name} ${i === 1 ? 0 : 1}`).join('\n') }],
    ['a list with synsets', { 'val.txt': VAL.map((name, i) => `${name} ${i === 1 ? TENCH : SHARK}`).join('\n') }],
    [
      'the development kit',
      {
        'ILSVRC2012_validation_ground_truth.txt': '3\n1\n3\n',
        'map_clsloc.txt': `${TENCH} 1 tench\n${SHARK} 3 great_white_shark\n`,
      },
    ],
  ])('flat validation images, classes by %s', async (_name, files) => {
    put(files);
    const { test: held, train } = await (await imagenet.at(root())).load();
    expect(labelsByRed(held)).toEqual([1, 0, 1]);
    expect(labelsByRed(train)).toEqual([1, 0]);
  });

  test('names of synsets', async () => {
    put({
      'val.txt': VAL.map(name => `${name} 0`).join('\n'),
      'LOC_synset_mapping.txt': `${TENCH} tench, Tinca tinca\n`,
    });
    expect((await imagenet.at(root())).classes).toEqual([`tench (${TENCH})`, SHARK]);
  });

  test('validation images in folders of their synsets', async () => {
    put({ [`val/${SHARK}/a.JPEG`]: await jpeg(5) });
    expect(await imagenet.at(root())).toMatchObject({ trainCount: 2, testCount: 1 });
  });

  test('no file gives the classes, or not of every image: one line', async () => {
    await expect(imagenet.at(root())).rejects.toThrow(
      /expected val\/<synset>\/, or a file that gives the class .*LOC_val_solution\.csv, val\.txt/,
    );
    put({ 'val.txt': `${VAL[0]} 0\n` });
    await expect(imagenet.at(root())).rejects.toThrow(
      /val_00000002\.JPEG: expected its class in .*, got none of a training class\.$/,
    );
  });
});

test('Tiny ImageNet', async () => {
  put({
    [`train/${TENCH}/images/${TENCH}_0.JPEG`]: await jpeg(0, 64, 64),
    [`train/${TENCH}/${TENCH}_boxes.txt`]: 'x',
    [`train/${SHARK}/images/${SHARK}_0.JPEG`]: await jpeg(1, 64, 64),
    'val/images/val_0.JPEG': await jpeg(2, 64, 64),
    'val/val_annotations.txt': `val_0.JPEG\t${SHARK}\t0\t32\t44\t62\n`,
    'words.txt': `${TENCH}\ttench, Tinca tinca\n${SHARK}\tgreat white shark, white shark\n`,
    'test/images/test_0.JPEG': 'not labelled',
  });
  const dataset = await tinyImagenet.at(root());
  expect(dataset).toMatchObject({ shape: [64, 64, 3], trainCount: 2, testCount: 1 });
  expect(dataset.classes).toEqual([`tench (${TENCH})`, `great white shark (${SHARK})`]);
  expect([...(await dataset.load()).test.labels]).toEqual([1]);
});

test('Imagenette: readable names', async () => {
  for (const set of ['train', 'val'])
    put({ [`${set}/n01440764/a.JPEG`]: await jpeg(0), [`${set}/n03888257/a.JPEG`]: await jpeg(1) });
  expect((await imagenette.at(root())).classes).toEqual(['tench', 'parachute']);
});
