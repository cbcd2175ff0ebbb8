import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { givenImages, randomImages } from '../../src/cli/trained/weights-images.ts';
import type { Json } from '../../src/core/ids.ts';
import { netParameters } from '../../src/core/parameters.ts';
import { initialValues } from '../../src/engine/initialise.ts';
import { mapValues } from '../../src/engine/named-tensors.ts';
import { Predictor } from '../../src/engine/predictor.ts';
import { readSafetensors, writeSafetensors } from '../../src/engine/safetensors.ts';
import type { NamedTensor } from '../../src/engine/safetensors-format.ts';
import {
  exportWeights,
  type FamilyNet,
  importWeights,
  type NamingName,
  type WeightsByName,
} from '../../src/engine/weight-maps/index.ts';
import { findNet } from '../../src/nets/index.ts';
import { newFolder } from '../new-folder.ts';
import { tf } from './tensorflow.ts';

const folder = newFolder(afterAll);

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/weights/${name}.safetensors`, import.meta.url));

/** What scripts/torchvision-weights.py made, and the net here that it is. */
const PEERS: Record<string, { family: string; options: Record<string, Json>; pixels: number }> = {
  'resnet-18': { family: 'resnet', options: { widths: [4, 8, 16, 32] }, pixels: 32 },
  'resnet-50': { family: 'resnet', options: { widths: [2, 4, 4, 8], bottleneckStride: '3x3' }, pixels: 32 },
  'vgg-a': { family: 'vgg', options: { norm: 'batch', filters: [4, 4, 8, 8, 8], hidden: [16, 16] }, pixels: 64 },
};

async function netOf(name: string, family: string, options: Record<string, Json>, pixels = 32): Promise<FamilyNet> {
  return { family, net: await findNet(name, options, { shape: [pixels, pixels, 3], classes: 10 }) };
}

async function logitsOf({ net }: FamilyNet, weights: WeightsByName, images: Float32Array): Promise<Float32Array> {
  const predictor = await Predictor.create(tf, { net, batch: 3, weights });
  const { logits } = predictor.predict(images);
  predictor.dispose();
  return logits;
}

/** The largest difference, as a share of the largest value expected. */
function shareOff(got: Float32Array, expected: Float32Array): number {
  const largest = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(value - (got[i] as number)))) / largest;
}

describe.each(Object.entries(PEERS))("torch's %s", (name, { family, options, pixels }) => {
  test('gives the logits here that it gave there', async () => {
    const of = await netOf(name, family, options, pixels);
    const weights = importWeights(readSafetensors(fixture(name)), of, 'torchvision');
    const expected = readSafetensors(fixture(`${name}.io`)).read('logits').values;
    const images = givenImages(fixture(`${name}.io`), of.net);
    expect(shareOff(await logitsOf(of, weights, images), expected)).toBeLessThan(1e-5);
    const without = mapValues(weights, (values, key) => (key.endsWith('/moving-mean') ? values.map(() => 0) : values));
    expect(shareOff(await logitsOf(of, without, images), expected)).toBeGreaterThan(0.01);
  });
});

describe('out and in again', () => {
  test.each<[NamingName, string, string, Record<string, Json>]>([
    ['ours', 'highway-10', 'highway', {}],
    ['torchvision', 'resnet-34', 'resnet', { widths: [4, 4, 8, 8] }],
    ['torchvision', 'resnet-50', 'resnet', { widths: [2, 2, 4, 4], bottleneckStride: '3x3' }],
    ['torchvision', 'vgg-b', 'vgg', { filters: [2, 2, 4, 4, 4], hidden: [8, 8] }],
    ['keras', 'resnet-50', 'resnet', { widths: [2, 2, 4, 4] }],
    ['keras', 'vgg-d', 'vgg', { filters: [2, 2, 4, 4, 4], hidden: [8, 8] }],
  ])('%s, %s: the same values', async (names, net, family, options) => {
    const of = await netOf(net, family, options);
    const weights = initialValues(of.net, 5);
    const path = join(folder, `${names}-${net}`);
    writeSafetensors(path, exportWeights(weights, of, names));
    const again = importWeights(readSafetensors(path), of, names);
    expect(Object.keys(again)).toEqual(Object.keys(weights));
    // Keras' epsilon is another: a variance goes out less by the difference, and comes back.
    for (const [name, values] of Object.entries(weights))
      (again[name] as Float32Array).forEach((value, i) => void expect(value, name).toBeCloseTo(values[i] as number, 6));
  });

  test('names and shapes are those of torchvision and of Keras', async () => {
    const shapes = (tensors: Record<string, NamedTensor>) =>
      Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, shape]));
    const paper = { family: 'resnet', net: await findNet('resnet-50', { bottleneckStride: '3x3' }) };
    const zeros = Object.fromEntries(
      netParameters(paper.net).map(({ name, shape }) => [name, new Float32Array(shape.reduce((a, b) => a * b, 1))]),
    );
    expect(shapes(exportWeights(zeros, paper, 'torchvision'))).toMatchObject({
      'conv1.weight': [64, 3, 7, 7],
      'layer1.0.downsample.0.weight': [256, 64, 1, 1],
      'layer4.2.bn3.running_var': [2048],
      'fc.weight': [1000, 2048],
    });
    const first = { family: 'resnet', net: await findNet('resnet-50') };
    expect(shapes(exportWeights(zeros, first, 'keras'))).toMatchObject({
      'conv1_conv/kernel': [7, 7, 3, 64],
      'conv2_block1_0_conv/bias': [256],
      'conv2_block1_1_bn/gamma': [64],
      'predictions/kernel': [2048, 1000],
    });
  });
});

describe('what does not fit is one line', () => {
  const load = async (name: string, family: string, options: Record<string, Json>, names: NamingName = 'torchvision') =>
    importWeights(readSafetensors(fixture('resnet-18')), await netOf(name, family, options), names);

  test('tensors missing, left over, of another shape', async () => {
    await expect(load('resnet-34', 'resnet', { widths: [4, 8, 16, 32] })).rejects.toThrow(
      /182 tensors of resnet-34 by the names of torchvision; 80 missing: layer1\.2\.conv1\.weight \(for stage1\.unit3\.1\.conv\/kernel\), .*, …\. Check --names/,
    );
    await expect(load('resnet-18', 'resnet', { widths: [4, 8, 16, 64] })).rejects.toThrow(
      /of another shape: layer4\.0\.downsample\.0\.weight \(for stage4\.unit1\.projection\.conv\/kernel: expected \[64,16,1,1\], got \[32,16,1,1\]\)/,
    );
    await expect(load('resnet-18', 'resnet', { widths: [4, 8, 16, 32], shortcut: 'A' })).rejects.toThrow(
      /15 in the file and not in the net: layer2\.0\.downsample\.0\.weight/,
    );
  });

  test('a net that is not theirs', async () => {
    await expect(load('resnet-50', 'resnet', {})).rejects.toThrow(
      'resnet-50 with bottleneckStride=1x1 is not the net of torchvision, which is that with --set bottleneckStride=3x3.',
    );
    const alexnet = { family: 'alexnet', net: await findNet('alexnet') };
    expect(() => exportWeights({}, alexnet, 'torchvision')).toThrow(
      /alexnet with norm=lrn, towers=two, stemPadding=0 is not/,
    );
    const inception = { family: 'inception', net: await findNet('inception-v3') };
    expect(() => exportWeights({}, inception, 'torchvision')).toThrow(
      /count padded zeros: .* Families with a map: resnet/,
    );
    await expect(load('highway-10', 'highway', {}, 'keras')).rejects.toThrow(/no map for the family highway/);
    await expect(load('resnet-18-v2', 'resnet', {})).rejects.toThrow(/order=full-preactivation is not the net/);
  });
});

test('random images are those of their seed, and the first are the same however many are drawn', async () => {
  const { net } = await netOf('resnet-18', 'resnet', {});
  const two = randomImages(2, net, 1);
  expect(randomImages(5, net, 1).subarray(0, two.length)).toEqual(two);
  expect(randomImages(2, net, 2)).not.toEqual(two);
});
