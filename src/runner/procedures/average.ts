/** Soft-max outputs averaged over all views of an image. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ImageSet } from '../../core/dataset.ts';
import { fillWindows, type ImageWindow } from '../../data/index.ts';
import { type Eye, imageValues } from './eyes.ts';

/** Images whose sums are held at once. */
const CHUNK = 500;

/** Between two batches: other things that the process has to do. What it throws ends the work. */
export type Pause = () => Promise<void>;

/** Calls `onImage` for the images of the set, in their order. */
export async function averageViews(
  set: ImageSet,
  eyes: readonly Eye[],
  classes: number,
  onImage: (index: number, probabilities: Float32Array) => void,
  pause: Pause = nextTurn,
): Promise<void> {
  for (let from = 0; from < set.count; from += CHUNK) {
    const means = await meansOf(set, from, Math.min(CHUNK, set.count - from), eyes, classes, pause);
    for (let i = 0; i * classes < means.length; i++) onImage(from + i, means.subarray(i * classes, (i + 1) * classes));
  }
}

/** [count, classes] */
async function meansOf(
  set: ImageSet,
  from: number,
  count: number,
  eyes: readonly Eye[],
  classes: number,
  pause: Pause,
): Promise<Float32Array> {
  const sums = new Float64Array(count * classes);
  const views = new Uint32Array(count);
  for (const eye of eyes) {
    const windows = windowsOf(set, from, count, eye);
    for (let at = 0; at < windows.length; at += eye.batch) {
      await pause();
      const part = windows.slice(at, at + eye.batch);
      addTo(sums, views, part, from, seen(set, part, eye));
    }
  }
  return Float32Array.from(sums, (sum, i) => sum / (views[Math.floor(i / classes)] as number));
}

function windowsOf(set: ImageSet, from: number, count: number, eye: Eye): ImageWindow[] {
  return Array.from({ length: count }, (_, i) => {
    const { height, width } = set.image(from + i);
    return eye.windowsOf({ height, width }).map(window => ({ ...window, index: from + i }));
  }).flat();
}

/** A batch that is not full ends with black images, whose answers nobody reads. */
function seen(set: ImageSet, windows: readonly ImageWindow[], eye: Eye): Float32Array {
  const size = imageValues(eye);
  const images = new Float32Array(eye.batch * size);
  fillWindows(set, windows, eye.format, images.subarray(0, windows.length * size));
  return eye.predict(images);
}

function addTo(
  sums: Float64Array,
  views: Uint32Array,
  windows: readonly ImageWindow[],
  from: number,
  probabilities: Float32Array,
): void {
  const classes = sums.length / views.length;
  windows.forEach(({ index }, i) => {
    const image = index - from;
    views[image] = (views[image] as number) + 1;
    for (let k = 0; k < classes; k++)
      sums[image * classes + k] = (sums[image * classes + k] as number) + (probabilities[i * classes + k] as number);
  });
}
