import { readFile } from 'node:fs/promises';
import { type ImageSet, setInMemory } from '../core/dataset.ts';
import type { PublishedFile } from './_published.ts';
import { definePublishedDataset, type Part } from './_published-dataset.ts';
import { parseSvhn } from './_svhn.ts';

const SHAPE = [32, 32, 3] as const;

/** The pixels are put in order when the file arrives, not at each start of a run. */
const published = (set: 'train' | 'test', md5: string): PublishedFile => ({
  name: `${set}_32x32.mat`,
  url: `http://ufldl.stanford.edu/housenumbers/${set}_32x32.mat`,
  md5,
  parts: [`${set}.pixels`, `${set}.labels`],
  async unpack(path) {
    const { pixels, labels } = parseSvhn(await readFile(path), path);
    return new Map([
      [`${set}.pixels`, pixels],
      [`${set}.labels`, labels],
    ]);
  },
});

export default definePublishedDataset({
  name: 'svhn',
  title: 'SVHN, cropped digits (without the extra training images)',
  source: 'Netzer et al. 2011, "Reading digits in natural images with unsupervised feature learning"',
  downloadBytes: 246_000_000,
  shape: SHAPE,
  classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  trainCount: 73_257,
  testCount: 26_032,
  publication: {
    folder: 'svhn',
    files: [
      published('train', 'e26dedcc434d2e4c54c9b2d4a06d8373'),
      published('test', 'eb5a983be6a315427106f1b164d9cef3'),
    ],
  },
  parse: read => ({ train: setOf(read, 'train'), test: setOf(read, 'test') }),
});

function setOf(read: (part: string) => Part, set: 'train' | 'test'): ImageSet {
  return setInMemory(read(`${set}.pixels`).bytes, SHAPE, read(`${set}.labels`).bytes);
}
