/** The binary form of CIFAR (Krizhevsky 2009): a record is its labels, a byte each, then a plane of 1,024 bytes for each colour. */
import { type ImageSet, setInMemory } from '../core/dataset.ts';
import { UserError } from '../core/errors.ts';

/** Of CIFAR-10 and CIFAR-100. */
export const CIFAR = {
  source: 'Krizhevsky 2009, "Learning multiple layers of features from tiny images"',
  shape: [32, 32, 3],
  trainCount: 50_000,
  testCount: 10_000,
} as const;
export const CIFAR_10_CLASSES = 'airplane automobile bird cat deer dog frog horse ship truck'.split(' ');
const PLANE = 32 * 32;
const PIXELS = 3 * PLANE;

export interface CifarFormat {
  /** Bytes of labels before the pixels: one in CIFAR-10; coarse and fine in CIFAR-100. */
  labelBytes: number;
  /** Which of them. */
  label: number;
  classes: number;
}

/** Images of all files, one after the other. `where` names a file in messages. */
export function parseCifar(files: readonly { bytes: Uint8Array; where: string }[], format: CifarFormat): ImageSet {
  const size = format.labelBytes + PIXELS;
  for (const { bytes, where } of files) requireWhole(bytes.length, size, where);
  const count = files.reduce((sum, { bytes }) => sum + bytes.length / size, 0);
  const pixels = new Uint8Array(count * PIXELS);
  const labels = new Uint8Array(count);
  let image = 0;
  for (const { bytes, where } of files)
    for (let at = 0; at < bytes.length; at += size, image++) {
      labels[image] = checkedLabel(bytes[at + format.label] as number, format.classes, image, where);
      interleave(bytes, at + format.labelBytes, pixels, image * PIXELS);
    }
  return setInMemory(pixels, CIFAR.shape, labels);
}

function requireWhole(bytes: number, size: number, where: string): void {
  if (bytes > 0 && bytes % size === 0) return;
  throw new UserError(`${where}: expected records of ${size} bytes each, got ${bytes} bytes in all.`);
}

function checkedLabel(label: number, classes: number, image: number, where: string): number {
  if (label < classes) return label;
  throw new UserError(`${where}: expected labels below ${classes}, got ${label} at image ${image}.`);
}

/** From planes to pixels. */
function interleave(bytes: Uint8Array, from: number, pixels: Uint8Array, to: number): void {
  for (let p = 0; p < PLANE; p++) {
    pixels[to + 3 * p] = bytes[from + p] as number;
    pixels[to + 3 * p + 1] = bytes[from + PLANE + p] as number;
    pixels[to + 3 * p + 2] = bytes[from + 2 * PLANE + p] as number;
  }
}
