/** Readers of published formats, on files that other programs wrote. */
import { describe, expect, test } from 'vitest';
import type { ImageSet } from '../../src/core/dataset.ts';
import { parseCifar } from '../../src/data/_cifar.ts';
import { parseEmnist } from '../../src/data/_emnist.ts';
import { parseMat } from '../../src/data/_mat.ts';
import { parseSvhn } from '../../src/data/_svhn.ts';
import { fixture, formulaPixels } from './formula.ts';

const CIFAR_10 = { labelBytes: 1, label: 0, classes: 10 };

describe('CIFAR', () => {
  test.each([
    ['CIFAR-10', 'cifar-10.bin', CIFAR_10, [3, 0, 9]],
    ['CIFAR-100, coarse', 'cifar-100.bin', { labelBytes: 2, label: 0, classes: 20 }, [4, 19, 0]],
    ['CIFAR-100, fine', 'cifar-100.bin', { labelBytes: 2, label: 1, classes: 100 }, [99, 0, 57]],
  ])('%s as NumPy wrote it', (_name, file, format, labels) => {
    const set = parseCifar([fixture(file)], format);
    expect([...set.labels]).toEqual(labels);
    expectFormula(set);
  });

  test('several files are one set', () => {
    const set = parseCifar([fixture('cifar-10.bin'), fixture('cifar-10.bin')], CIFAR_10);
    expect([...set.labels]).toEqual([3, 0, 9, 3, 0, 9]);
    expect(set.image(5).pixels).toEqual(set.image(2).pixels);
  });

  test('a truncated file, an empty one, a label that cannot be: one line', () => {
    const { bytes } = fixture('cifar-10.bin');
    const read = (part: Uint8Array, classes = 10) =>
      parseCifar([{ bytes: part, where: 'x.bin' }], { ...CIFAR_10, classes });
    expect(() => read(bytes.subarray(0, 5000))).toThrow(
      'x.bin: expected records of 3073 bytes each, got 5000 bytes in all.',
    );
    expect(() => read(bytes.subarray(0, 0))).toThrow(/^x\.bin: expected records/);
    expect(() => read(bytes, 9)).toThrow('x.bin: expected labels below 9, got 9 at image 2.');
  });
});

describe('SVHN', () => {
  test.each(['svhn.mat', 'svhn-plain.mat'])('%s as SciPy wrote it', file => {
    const { pixels, labels } = parseSvhn(fixture(file).bytes, file);
    expect([...labels]).toEqual([1, 0, 7]);
    for (let image = 0; image < 3; image++)
      expect(pixels.subarray(image * 3072, (image + 1) * 3072)).toEqual(formulaPixels(image));
  });

  test('arrays have names and dimensions', () => {
    const arrays = parseMat(fixture('svhn.mat').bytes, 'svhn.mat');
    expect(Object.fromEntries([...arrays].map(([name, { dimensions }]) => [name, dimensions]))).toEqual({
      X: [32, 32, 3, 3],
      y: [3, 1],
    });
  });

  test('something else, and a damaged file: one line', () => {
    const { bytes } = fixture('svhn.mat');
    expect(() => parseSvhn(Buffer.from('<html>'), 'a')).toThrow(
      'a: expected a MATLAB 5 file, little-endian, got something else.',
    );
    expect(() => parseSvhn(bytes.subarray(0, 400), 'b')).toThrow(
      'b: expected a whole MATLAB 5 file, got a damaged one.',
    );
    const withoutLabels = Buffer.concat([bytes.subarray(0, 128), bytes.subarray(128, 136 + bytes.readUInt32LE(132))]);
    expect(() => parseSvhn(withoutLabels, 'c')).toThrow(/^c: expected X .* got X \[32, 32, 3, 3\]\.$/);
  });
});

test('EMNIST: rows and columns are exchanged, letters count from 1', () => {
  const header = (...values: number[]) => Buffer.from(new Uint32Array(values).buffer).swap32();
  const stored = Buffer.alloc(28 * 28);
  stored[1 * 28 + 5] = 200;
  const images = { bytes: Buffer.concat([header(0x803, 1, 28, 28), stored]), where: 'images' };
  const labels = { bytes: Buffer.concat([header(0x801, 1), Buffer.of(26)]), where: 'labels' };
  const set = parseEmnist(images, labels, 26, 1);
  expect([...set.labels]).toEqual([25]);
  expect(set.image(0).pixels[5 * 28 + 1]).toBe(200);
  expect(set.image(0).pixels.reduce((sum, value) => sum + value)).toBe(200);
});

function expectFormula(set: ImageSet): void {
  for (let image = 0; image < set.count; image++) {
    const picture = set.image(image);
    expect([picture.height, picture.width]).toEqual([32, 32]);
    expect(picture.pixels).toEqual(formulaPixels(image));
  }
}
