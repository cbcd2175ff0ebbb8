/** A dataset of four IDX files: what MNIST and those made to replace it share. */
import { type DatasetDefinition, defineDataset } from '../core/dataset.ts';
import { checkFiles, type DataFile, dataPath, fingerprintOf, problemOf, readVerified } from './_cache.ts';
import { fetchFiles, type Source } from './_fetch.ts';
import { type IdxFile, parseIdxSet } from './_idx.ts';

const IDX_FILES = {
  trainImages: 'train-images-idx3-ubyte',
  trainLabels: 'train-labels-idx1-ubyte',
  testImages: 't10k-images-idx3-ubyte',
  testLabels: 't10k-labels-idx1-ubyte',
} as const;

type Role = keyof typeof IDX_FILES;

/** Bytes of 60,000 and 10,000 images of 28×28 and their labels, headers included. */
const BYTES: Record<Role, number> = {
  trainImages: 47_040_016,
  trainLabels: 60_008,
  testImages: 7_840_016,
  testLabels: 10_008,
};

export interface IdxDatasetOptions {
  name: string;
  title: string;
  source: string;
  downloadBytes: number;
  classes: readonly string[];
  /** SHA-256 of each file, not compressed. */
  sha256: Record<Role, string>;
  sources: readonly Source[];
  /** Of the training pixels divided by 255. */
  mean: number;
  std: number;
}

export function defineIdxDataset(options: IdxDatasetOptions): DatasetDefinition {
  const { name, title, source, downloadBytes, classes, sources } = options;
  const roles = Object.keys(IDX_FILES) as Role[];
  const file = (role: Role): DataFile => ({ name: IDX_FILES[role], sha256: options.sha256[role], bytes: BYTES[role] });
  const read = (role: Role): IdxFile => ({ bytes: readVerified(name, file(role)), where: dataPath(name, file(role)) });
  const files = roles.map(file);
  const fingerprint = fingerprintOf(files);
  const shape = [28, 28, 1] as const;
  return defineDataset({
    name,
    title,
    source,
    downloadBytes,
    shape,
    classes,
    trainCount: 60_000,
    testCount: 10_000,
    fingerprint,
    fetch: (report, options) => fetchFiles(name, files, sources, report, options),
    check: async () => checkFiles(name, files),
    verify: async () => ({
      files: files.length,
      damaged: roles.flatMap(role => problemOf(() => read(role))),
      converted: {},
    }),
    load: async () => ({
      name,
      shape,
      classes,
      train: parseIdxSet(read('trainImages'), read('trainLabels'), shape, classes.length),
      test: parseIdxSet(read('testImages'), read('testLabels'), shape, classes.length),
      mean: [options.mean],
      std: [options.std],
      fingerprint,
    }),
  });
}
