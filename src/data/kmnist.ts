import { parseIdxSet } from './_idx.ts';
import type { PublishedFile } from './_published.ts';
import { definePublishedDataset } from './_published-dataset.ts';
import { gzipped } from './_unpack.ts';

const SHAPE = [28, 28, 1] as const;
const CLASSES = ['o', 'ki', 'su', 'tsu', 'na', 'ha', 'ma', 'ya', 're', 'wo'];

const published = (part: string, md5: string): PublishedFile => ({
  name: `${part}.gz`,
  url: `http://codh.rois.ac.jp/kmnist/dataset/kmnist/${part}.gz`,
  md5,
  parts: [part],
  unpack: gzipped(part),
});

export default definePublishedDataset({
  name: 'kmnist',
  title: 'Kuzushiji-MNIST',
  source: 'Clanuwat et al. 2018, arXiv:1812.01718',
  downloadBytes: 21_200_000,
  shape: SHAPE,
  classes: CLASSES,
  trainCount: 60_000,
  testCount: 10_000,
  publication: {
    folder: 'kmnist',
    files: [
      published('train-images-idx3-ubyte', 'bdb82020997e1d708af4cf47b453dcf7'),
      published('train-labels-idx1-ubyte', 'e144d726b3acfaa3e44228e80efcd344'),
      published('t10k-images-idx3-ubyte', '5c965bf0a639b31b8f53240b1b52f4d7'),
      published('t10k-labels-idx1-ubyte', '7320c461ea6c1c855c0b718fb2a4b134'),
    ],
  },
  parse: read => ({
    train: parseIdxSet(read('train-images-idx3-ubyte'), read('train-labels-idx1-ubyte'), SHAPE, CLASSES.length),
    test: parseIdxSet(read('t10k-images-idx3-ubyte'), read('t10k-labels-idx1-ubyte'), SHAPE, CLASSES.length),
  }),
});
