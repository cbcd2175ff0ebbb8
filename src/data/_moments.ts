/** Mean and standard deviation of each channel over a set of images, from how often each of the 256 values occurs. */
import { join } from 'node:path';
import { writeFileAtomically } from '../core/atomic-file.ts';
import type { ImageSet } from '../core/dataset.ts';
import { jsonIfThere } from '../core/if-there.ts';

/** Of pixels divided by 255. The deviation is that of all pixels, not an estimate (divided by n). */
export interface Moments {
  mean: number[];
  std: number[];
}

/** How often each value occurs: `values[256 × channel + value]`. Exact, and equal in whatever order images come. */
export class Histogram {
  readonly values: Float64Array;
  readonly channels: number;

  constructor(channels: number, values: readonly number[] = []) {
    this.channels = channels;
    this.values = new Float64Array(256 * channels);
    this.values.set(values);
  }

  add(pixels: Uint8Array): void {
    const { values, channels } = this;
    for (let channel = 0; channel < channels; channel++)
      for (let p = channel, row = 256 * channel; p < pixels.length; p += channels) {
        const at = row + (pixels[p] as number);
        values[at] = (values[at] as number) + 1;
      }
  }

  moments(): Moments {
    const rows = Array.from({ length: this.channels }, (_, c) => this.values.subarray(256 * c, 256 * (c + 1)));
    const mean = rows.map(row => average(row, value => value));
    return { mean, std: rows.map((row, c) => Math.sqrt(average(row, value => (value - (mean[c] as number)) ** 2))) };
  }
}

/** One pass over the images: none is kept. */
export function momentsOf(set: ImageSet, channels: number): Moments {
  const histogram = new Histogram(channels);
  for (let index = 0; index < set.count; index++) histogram.add(set.image(index).pixels);
  return histogram.moments();
}

/** As `momentsOf`, counted once and kept in a file beside the data. */
export function cachedMoments(
  folder: string,
  file: string,
  fingerprint: string,
  set: ImageSet,
  channels: number,
): Moments {
  const kept = jsonIfThere<Moments & { fingerprint: string }>(join(folder, file));
  if (kept?.fingerprint === fingerprint) return kept;
  const moments = momentsOf(set, channels);
  writeFileAtomically(join(folder, file), [Buffer.from(JSON.stringify({ fingerprint, ...moments }))]);
  return moments;
}

function average(row: Float64Array, of: (value: number) => number): number {
  const pixels = row.reduce((sum, n) => sum + n, 0);
  return row.reduce((sum, n, value) => sum + n * of(value / 255), 0) / pixels;
}
