/** One image as it is stored. */
export interface Picture {
  height: number;
  width: number;
  /** `height × width × channels` bytes, row-major, channels last. */
  pixels: Uint8Array;
}

/** Labelled images, in memory or on disk. */
export interface ImageSet {
  count: number;
  /** `count` class indices. */
  labels: Uint8Array | Uint16Array;
  /** Its pixels may be overwritten by the next call. */
  image(index: number): Picture;
}

/** A set whose images have one shape and stand one after the other in `pixels`. */
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

export interface LoadedDataset {
  name: string;
  /** [height, width, channels] */
  shape: readonly [number, number, number];
  classes: readonly string[];
  train: ImageSet;
  test: ImageSet;
  /** Per channel, of the training images divided by 255. */
  mean: readonly number[];
  std: readonly number[];
  /** SHA-256 over the checksums of the files that were read: names the exact bytes in a run's provenance. */
  fingerprint: string;
}

/** What a check of a dataset finds without loading TensorFlow or decoding everything. */
export interface DatasetCheck {
  name: string;
  ready: boolean;
  /** One line: where it is, or what to do. */
  detail: string;
}

/** One file in src/data/ exports one of these as `default`. */
export interface DatasetDefinition {
  name: string;
  title: string;
  /** Paper or home page, for the report. */
  source: string;
  /** Bytes to download. */
  downloadBytes: number;
  /** [height, width, channels] */
  shape: readonly [number, number, number];
  classes: readonly string[];
  trainCount: number;
  testCount: number;
  /** SHA-256 over the expected checksums: equals `LoadedDataset.fingerprint`, known without reading the files. */
  fingerprint: string;
  /** Makes the files present in the cache; tries each source in order; one line if none can be had. Idempotent. */
  fetch(report: (line: string) => void): Promise<void>;
  check(): Promise<DatasetCheck>;
  /** Reads the cached files and verifies them. Throws `UserError` if they are missing, truncated or altered. */
  load(): Promise<LoadedDataset>;
}

/** An identity that gives the types. */
export const defineDataset = (definition: DatasetDefinition): DatasetDefinition => definition;
