import { describe, expect, test } from 'vitest';
import { parseIdxImages, parseIdxLabels, parseIdxSet } from '../../src/data/_idx.ts';

const header = (...words: number[]): Buffer => {
  const bytes = Buffer.alloc(4 * words.length);
  for (const [i, word] of words.entries()) bytes.writeUInt32BE(word, 4 * i);
  return bytes;
};
const images = Buffer.concat([header(0x803, 2, 2, 3), Buffer.from(Array.from({ length: 12 }, (_, i) => i * 20))]);
const labels = Buffer.concat([header(0x801, 3), Buffer.from([0, 2, 1])]);

test('images and labels as they stand in the file', () => {
  const { count, rows, columns, pixels } = parseIdxImages(images, 'x');
  expect([count, rows, columns]).toEqual([2, 2, 3]);
  expect([...pixels]).toEqual(Array.from({ length: 12 }, (_, i) => i * 20));
  expect([...parseIdxLabels(labels, 3, 'x')]).toEqual([0, 2, 1]);
});

describe('files that are not what they should be', () => {
  test.each([
    ['empty', Buffer.alloc(0), /x: expected an IDX file, got an empty one\./],
    ['cut in the header', images.subarray(0, 15), /got only 15 bytes/],
    ['cut in the data', images.subarray(0, -1), /its header announces 12 bytes of data, but 11 follow/],
    ['longer than announced', Buffer.concat([images, Buffer.from([0])]), /announces 12 bytes of data, but 13 follow/],
    [
      'labels in the place of images',
      Buffer.concat([labels, Buffer.alloc(8)]),
      /expected the IDX magic number 0x803, got 0x801/,
    ],
    [
      'gzip',
      Buffer.from('1f8b0800000000000003000000000000ffff', 'hex'),
      /expected the IDX magic number 0x803, got 0x1f8b0800/,
    ],
    ['a header that announces more than there can be', header(0x803, 0xffffffff, 0xffffffff, 2), /but 0 follow/],
  ])('%s', (_name, bytes, message) => {
    expect(() => parseIdxImages(bytes, 'x')).toThrow(message);
  });

  test('a label that is no class', () => {
    expect(() => parseIdxLabels(labels, 2, 'x')).toThrow(/x: expected labels below 2, got 2 at position 1\./);
  });
});

describe('images with their labels', () => {
  const set = (labelBytes: Buffer, shape: readonly [number, number, number]) =>
    parseIdxSet({ bytes: images, where: 'x' }, { bytes: labelBytes, where: 'y' }, shape, 3);
  const two = Buffer.concat([header(0x801, 2), Buffer.from([2, 0])]);

  test('are views of the files', () => {
    const { image, labels: indices, count } = set(two, [2, 3, 1]);
    const { pixels } = image(1);
    expect([count, pixels.length, ...indices]).toEqual([2, 6, 2, 0]);
    expect(pixels.buffer).toBe(images.buffer);
    expect(indices.buffer).toBe(two.buffer);
  });

  test('a label too many', () => {
    expect(() => set(labels, [2, 3, 1])).toThrow('y: expected a label for each of the 2 images of x, got 3.');
  });

  test('another shape', () => {
    expect(() => set(two, [3, 2, 1])).toThrow('x: expected images of 3×2, got 2×3.');
  });
});
