/** Images as the input of a run's net. */
import { readFileSync } from 'node:fs';
import { type LoadedDataset, type Picture, setInMemory } from '../../core/dataset.ts';
import { describeError, EXIT, UserError } from '../../core/errors.ts';
import { sizeOf } from '../../core/parameters.ts';
import { decodeImage, fillBatch, type InputFormat } from '../../data/index.ts';

/** ITU-R BT.601, as Pillow turns colours to grey. */
const LUMA = [0.299, 0.587, 0.114] as const;

interface AskedImage {
  image: string;
  label: string | null;
  /** [1, …shape] */
  values: Float32Array;
}

/** Resized to the shorter side of the run's images, its middle cut out, turned to grey where the run's are. */
export async function imageFromFile(file: string, dataset: LoadedDataset, format: InputFormat): Promise<AskedImage> {
  const [height, width, channels] = dataset.shape;
  const shorterSide = format.shorterSide ?? Math.min(height, width);
  const decoded = await decodeImage(bytesOf(file), shorterSide);
  if ('damage' in decoded) throw unreadable(file, decoded.damage);
  const { pixels, ...size } = channels === 1 ? toGrey(decoded) : decoded;
  const set = setInMemory(pixels, [size.height, size.width, channels], new Uint8Array(1));
  return { image: file, label: null, values: valuesOf(set, 0, { ...format, shorterSide }) };
}

export function testImage(index: number, { name, test, classes }: LoadedDataset, format: InputFormat): AskedImage {
  if (index >= test.count)
    throw new UserError(`--dataset-index: expected 0 to ${test.count - 1}, a test image of ${name}, got ${index}.`);
  const label = classes[test.labels[index] as number] as string;
  return { image: `${name} test image ${index}`, label, values: valuesOf(test, index, format) };
}

function valuesOf(set: LoadedDataset['test'], index: number, format: InputFormat): Float32Array {
  const values = new Float32Array(sizeOf(format.shape));
  fillBatch(set, Uint32Array.of(index), format, values);
  return values;
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw unreadable(file, describeError(error), error);
  }
}

function toGrey({ height, width, pixels }: Picture): Picture {
  const grey = Uint8Array.from({ length: height * width }, (_, i) =>
    Math.round(LUMA.reduce((sum, weight, channel) => sum + weight * (pixels[3 * i + channel] as number), 0)),
  );
  return { height, width, pixels: grey };
}

function unreadable(file: string, why: string, cause?: unknown): UserError {
  return new UserError(`${file}: expected an image (JPEG, PNG, WebP, …), got: ${why}.`, {
    exitCode: EXIT.noData,
    cause,
  });
}
