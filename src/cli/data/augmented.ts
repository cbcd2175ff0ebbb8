/** One training image as each augmentation makes it: what a run with it sees of that image in its first epochs. */
import type { LoadedDataset } from '../../core/dataset.ts';
import { type Augmentation, DEFAULT_INPUT, type InputConfig, inputShape } from '../../core/input.ts';
import { type Batch, trainingBatches } from '../../data/index.ts';

const SEED = 1;

export interface AugmentedRow {
  /** In a configuration's own words. */
  about: string;
  /** The image in as many epochs. */
  versions: { height: number; width: number; pixels: Uint8Array }[];
}

/** Each augmentation that the dataset's first image can have, `count` times, with the papers' constants. */
export function augmentedRows(dataset: LoadedDataset, count: number): AugmentedRow[] {
  const [height, width, channels] = dataset.shape;
  const side = Math.min(height, width);
  return choices(side, channels).map(({ size, augment }) => {
    const input: InputConfig = { ...DEFAULT_INPUT, size, augment };
    return { about: describe(input), versions: versionsOf(dataset, input, count) };
  });
}

type Choice = Pick<InputConfig, 'size' | 'augment'>;

/** AlexNet cuts 224 pixels out of 256: seven eighths. */
function choices(side: number, channels: number): Choice[] {
  const size = Math.round((side * 7) / 8);
  const always: Choice[] = [
    { size: side, augment: [{ kind: 'flip' }] },
    { size: side, augment: [{ kind: 'pad-crop', pad: 4 }] },
    { size, augment: [{ kind: 'random-crop' }] },
    { size, augment: [{ kind: 'scale-jitter', from: side, to: 2 * side }, { kind: 'random-crop' }] },
    { size, augment: [{ kind: 'area-crop', area: [0.08, 1], aspect: [3 / 4, 4 / 3] }] },
  ];
  const inColour: Choice[] = [
    { size: side, augment: [{ kind: 'colour-noise', std: 0.1, axes: 'imagenet' }] },
    { size: side, augment: [{ kind: 'photometric', strength: 0.5 }] },
  ];
  return channels === 3 ? [...always, ...inColour] : always;
}

/** A run on this image alone has it once an epoch, each time anew. */
function versionsOf(dataset: LoadedDataset, input: InputConfig, count: number): AugmentedRow['versions'] {
  const batches = trainingBatches({ dataset, train: dataset.train, count: 1, input, batch: count, seed: SEED });
  const { images } = batches(0);
  const [height, width, channels] = inputShape(dataset.shape, input);
  const values = height * width * channels;
  return Array.from({ length: count }, (_, i) => ({
    height,
    width,
    pixels: pixelsOf(images.subarray(i * values, (i + 1) * values), dataset),
  }));
}

/** Back from standardised values. */
function pixelsOf(values: Batch['images'], { mean, std }: LoadedDataset): Uint8Array {
  return Uint8Array.from(values, (value, i) => {
    const channel = i % mean.length;
    const pixel = 255 * (value * (std[channel] as number) + (mean[channel] as number));
    return Math.max(0, Math.min(255, Math.round(pixel)));
  });
}

function describe({ size, augment }: InputConfig): string {
  const words = augment.map(({ kind, ...constants }: Augmentation) => {
    const given = Object.entries(constants).map(([key, value]) => `${key} ${[value].flat().map(short).join('…')}`);
    return given.length === 0 ? kind : `${kind} (${given.join(', ')})`;
  });
  return `${words.join(', ')} → ${size}×${size}`;
}

const short = (value: number | string): string => (typeof value === 'number' ? String(+value.toFixed(2)) : value);
