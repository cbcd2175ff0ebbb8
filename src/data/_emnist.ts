/** The selections of EMNIST (Cohen et al. 2017, arXiv:1702.05373) that its makers publish in one archive of IDX files. */
import { type DatasetDefinition, type ImageSet, setInMemory } from '../core/dataset.ts';
import { type IdxFile, parseIdxImages, parseIdxLabels, parseIdxSet } from './_idx.ts';
import type { PublishedFile } from './_published.ts';
import { definePublishedDataset, type Part } from './_published-dataset.ts';
import { zippedGzipped } from './_unpack.ts';

const SIDE = 28;
const SHAPE = [SIDE, SIDE, 1] as const;

type Selection = 'balanced' | 'letters' | 'digits';

/** Names of images and labels. */
const filesOf = (selection: Selection, set: string): string[] =>
  ['images-idx3', 'labels-idx1'].map(kind => `emnist-${selection}-${set}-${kind}-ubyte`);

/** One download serves all selections. */
const PARTS = (['balanced', 'letters', 'digits'] as const).flatMap(selection =>
  ['train', 'test'].flatMap(set => filesOf(selection, set)),
);
const ARCHIVE: PublishedFile = {
  name: 'gzip.zip',
  url: 'https://biometrics.nist.gov/cs_links/EMNIST/gzip.zip',
  md5: '58c8d27c78d21e728a6bc7b3cc06412e',
  parts: PARTS,
  unpack: zippedGzipped(PARTS),
};

interface EmnistOptions {
  name: string;
  selection: Selection;
  classes: readonly string[];
  /** Letters are numbered from 1. */
  firstLabel?: number;
  trainCount: number;
  testCount: number;
}

export function defineEmnist(options: EmnistOptions): DatasetDefinition {
  const { name, selection, classes, firstLabel = 0, trainCount, testCount } = options;
  const setOf = (read: (part: string) => Part, set: string): ImageSet => {
    const [images, labels] = filesOf(selection, set).map(read) as [Part, Part];
    return parseEmnist(images, labels, classes.length, firstLabel);
  };
  return definePublishedDataset({
    name,
    title: `EMNIST, ${selection}`,
    source: 'Cohen, Afshar, Tapson & van Schaik 2017, arXiv:1702.05373',
    downloadBytes: 562_000_000,
    shape: SHAPE,
    classes,
    trainCount,
    testCount,
    publication: { folder: 'emnist', files: [ARCHIVE] },
    parse: read => ({ train: setOf(read, 'train'), test: setOf(read, 'test') }),
  });
}

/** The makers' images lie on their side: rows and columns are exchanged here, so that a letter is read as it was written. */
export function parseEmnist(images: IdxFile, labels: IdxFile, classes: number, firstLabel: number): ImageSet {
  const { count } = parseIdxSet(images, labels, SHAPE, classes + firstLabel);
  const stored = parseIdxLabels(labels.bytes, classes + firstLabel, labels.where);
  const pixels = transposed(parseIdxImages(images.bytes, images.where).pixels, count);
  return setInMemory(
    pixels,
    SHAPE,
    stored.map(label => label - firstLabel),
  );
}

function transposed(stored: Uint8Array, count: number): Uint8Array {
  const pixels = new Uint8Array(stored.length);
  for (let image = 0, to = 0; image < count; image++)
    for (let row = 0; row < SIDE; row++)
      for (let column = 0; column < SIDE; column++)
        pixels[to++] = stored[(image * SIDE + column) * SIDE + row] as number;
  return pixels;
}
