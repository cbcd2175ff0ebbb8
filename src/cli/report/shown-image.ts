/** A test image for a page, and what was made of it. */
import type { LoadedDataset, Picture } from '../../core/dataset.ts';
import { bestClasses } from '../../core/ranking.ts';
import type { ClassProbability, ShownImage } from '../../core/shown-test-set.ts';

const BEST = 5;
const LARGEST_SIDE_PX = 160;

/** `probabilities` by class, of the dataset's test image `index`. */
export async function shownImage(
  { test, shape }: LoadedDataset,
  classes: readonly string[],
  index: number,
  probabilities: Float32Array,
): Promise<ShownImage> {
  const of = (k: number): ClassProbability => ({
    class: classes[k] as string,
    probability: probabilities[k] as number,
  });
  const own = of(test.labels[index] as number);
  const best = bestClasses(probabilities, BEST).map(of);
  return { index, png: await pngOf(test.image(index), shape[2]), label: own.class, probability: own.probability, best };
}

async function pngOf({ height, width, pixels }: Picture, channels: number): Promise<string> {
  const { default: sharp } = await import('sharp');
  const image = sharp(pixels, { raw: { height, width, channels: channels as 1 | 3 } });
  const side = { width: LARGEST_SIDE_PX, height: LARGEST_SIDE_PX, fit: 'inside', withoutEnlargement: true } as const;
  return `data:image/png;base64,${(await image.resize(side).png().toBuffer()).toString('base64')}`;
}
