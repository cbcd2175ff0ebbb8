/** From stored pixels to a batch, and from the bytes of a file to pixels. */
import { type ImageSet, setInMemory } from '../../core/dataset.ts';
import { type Augmentation, DEFAULT_INPUT } from '../../core/input.ts';
import { stream } from '../../core/random.ts';
import { decodeImage } from '../../data/_decode.ts';
import { trainingBatches } from '../../data/index.ts';
import { defineSuite, type Timed } from '../suite.ts';

const IMAGES = 10_000;
const SHAPE = [32, 32, 3] as const;
const STATISTICS = { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] };
const BATCH = 128;
/** ImageNet's median size, to the side that nets see. */
const PHOTOGRAPH = { height: 375, width: 500, channels: 3 } as const;
const SIDE = 224;

export default defineSuite({
  name: 'data',
  about: `batches of ${BATCH} images, plain and augmented; decoding a photograph`,
  benchmarks: {
    batch: batches([]),
    'crop-flip': batches([{ kind: 'pad-crop', pad: 4 }, { kind: 'flip' }]),
    decode: async () => {
      const bytes = await photograph();
      return () => decodeImage(bytes, SIDE);
    },
  },
});

function batches(augment: Augmentation[]): () => Timed {
  return () => {
    const input = { ...DEFAULT_INPUT, augment };
    const training = { train: madeUpSet(), count: IMAGES, input, batch: BATCH, seed: 1 };
    const batchOf = trainingBatches({ dataset: { shape: SHAPE, ...STATISTICS }, ...training });
    let step = 0;
    return () => batchOf(step++);
  };
}

function madeUpSet(): ImageSet {
  return setInMemory(randomBytes(IMAGES * 32 * 32 * 3, 'images'), SHAPE, new Uint8Array(IMAGES));
}

/** Grain on a smooth ground, so that its file has about the bytes of one. */
async function photograph(): Promise<Buffer> {
  const { height, width, channels } = PHOTOGRAPH;
  const grain = randomBytes(height * width * channels, 'grain');
  const { default: sharp } = await import('sharp');
  const pixels = grain.map((byte, i) => (byte >> 4) + ((i / (width * channels)) * 240) / height);
  return sharp(pixels, { raw: PHOTOGRAPH }).jpeg({ quality: 90 }).toBuffer();
}

function randomBytes(length: number, purpose: string): Uint8Array {
  const draws = stream(1, purpose);
  return Uint8Array.from({ length }, () => draws.below(256));
}
