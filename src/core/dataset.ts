/** One image as it is stored. */
export interface Picture {
  height: number;
  width: number;
  /** `height × width × channels` bytes, row-major, channels last. */
  pixels: Uint8Array;
}

/** Labelled images, in memory or on disk. They may differ in size. */
export interface ImageSet {
  count: number;
  /** `count` class indices. */
  labels: Uint8Array | Uint16Array;
  /** Its pixels may be overwritten by the next call. */
  image(index: number): Picture;
}

/**
 * A set whose images have one shape. `pixels`: count × height × width × channels bytes from 0 to 255, image after image,
 * each row-major with channels last, not copied. `labels`: a class index an image; their number is the set's.
 */
export function setInMemory(
  pixels: Uint8Array,
  [height, width, channels]: readonly [number, number, number],
  labels: ImageSet['labels'],
): ImageSet {
  const size = height * width * channels;
  const image = (index: number): Picture => ({
    height,
    width,
    pixels: pixels.subarray(index * size, (index + 1) * size),
  });
  return { count: labels.length, labels, image };
}

/** A dataset whose files were read and found to be what they should be. */
export interface LoadedDataset {
  name: string;
  /** [height, width, channels]; where pictures differ in size, of the largest square that lies in all of them. */
  shape: readonly [number, number, number];
  sizesDiffer?: boolean;
  classes: readonly string[];
  train: ImageSet;
  test: ImageSet;
  /** Per channel, of the training images divided by 255. */
  mean: readonly number[];
  std: readonly number[];
  /** SHA-256 over the checksums of the files that were read: names the exact bytes in a run's provenance. */
  fingerprint: string;
}

/** How pictures are read; a dataset whose pictures lie in its files as pixels has nothing to decode and ignores it. */
export interface LoadOptions {
  /** Pixels of the shorter side after resizing; null: as they are. */
  shorterSide?: number | null;
  /** What happens to files that cannot be decoded; null: what the dataset itself says, `fatal` if it says nothing. */
  damaged?: 'fatal' | 'skip' | null;
  /** News for a person, one line each. */
  report?: (line: string) => void;
}

/** Where the files of a dataset come from. */
export interface FetchOptions {
  /** A folder with the published files. */
  from?: string;
}

/** What a check of a dataset finds without loading TensorFlow or decoding everything. */
export interface DatasetCheck {
  name: string;
  ready: boolean;
  /** One line: where it is, or what to do. */
  detail: string;
}

/** What reading and decoding every file finds. */
export interface DatasetVerification {
  files: number;
  /** Files that do not hold what they should, one line each. */
  damaged: readonly string[];
  /** Files that are read, but not as they are: how many were converted, by what they were ("grey", "CMYK", …). */
  converted: Record<string, number>;
}

/** One file in src/data/ exports one of these, or a `DatasetKind`, as `default`. */
export interface DatasetDefinition {
  /** Lower-case letters, digits and dashes: that of its file. */
  name: string;
  /** For people. */
  title: string;
  /** Paper or home page, for the report. */
  source: string;
  /** Bytes to download. */
  downloadBytes: number;
  /** [height, width, channels]; where pictures differ in size, of the largest square that lies in all of them. */
  shape: readonly [number, number, number];
  /** Pictures differ in size: a net that is trained on them needs an input of a stated size. */
  sizesDiffer?: boolean;
  /** Names; a label is an index into them. */
  classes: readonly string[];
  /** Images. */
  trainCount: number;
  testCount: number;
  /** SHA-256 over the expected checksums: equals `LoadedDataset.fingerprint`, known without reading the files. */
  fingerprint: string;
  /** Makes the files present in the cache; tries each source in order; one line if none can be had. Idempotent. */
  fetch(report: (line: string) => void, options?: FetchOptions): Promise<void>;
  /** Quick, and without a download: whether a run could begin. */
  check(): Promise<DatasetCheck>;
  /** Reads every file. Throws `UserError` if there are none to read. */
  verify(report: (line: string) => void): Promise<DatasetVerification>;
  /** Reads the cached files and verifies them. Throws `UserError` if they are missing, truncated or altered. */
  load(options?: LoadOptions): Promise<LoadedDataset>;
}

/** What is known of a dataset before anybody has it: enough to plan with. */
interface DatasetFacts {
  channels: number;
  classes: number;
  trainCount: number;
  testCount: number;
  /** In a sentence, what a person does to have it. */
  getIt: string;
}

/** Datasets in a folder of the user: `name:DIR` names one of them. */
export interface DatasetKind {
  name: string;
  title: string;
  source: string;
  /** How the folder must look, in one line. */
  layout: string;
  /** Where the folder holds one published dataset: `name` alone then plans with it. */
  facts?: DatasetFacts;
  /** Looks through the folder. Content that was hashed before and has not changed since is not read again. */
  at(folder: string, report?: (line: string) => void): Promise<DatasetDefinition>;
}

/**
 * A dataset: labelled images in a training set and a test set. In a project it is the `export default` of
 * `datasets/NAME.ts`, whose name is its own; for a folder of images `folder:DIR` does without. An identity that gives the
 * types. Whoever loads it throws a `UserError` if it says other counts, shapes or classes than it has.
 */
export const defineDataset = (definition: DatasetDefinition): DatasetDefinition => definition;

/** An identity that gives the types. */
export const defineDatasetKind = (kind: DatasetKind): DatasetKind => kind;
