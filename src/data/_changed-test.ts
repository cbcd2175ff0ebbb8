import { type DatasetDefinition, defineDataset, type ImageSet, type Picture } from '../core/dataset.ts';
import { hashOf, type Json } from '../core/ids.ts';
import { type Stream, stream } from '../core/random.ts';
import mnist from './mnist.ts';

interface Changed {
  name: string;
  title: string;
  /** What `change` does, in numbers: with MNIST's own it makes the fingerprint. */
  settings: Record<string, Json>;
  /** Names the stream of draws: each image has the same ones for ever. */
  draws: string;
  change(picture: Picture, draws: Stream): Uint8Array;
}

/** MNIST whose test digits are changed, one by one: what a net makes of what it was never shown. */
export function changedTest({ name, title, settings, draws, change }: Changed): DatasetDefinition {
  const fingerprint = hashOf({ of: mnist.fingerprint, ...settings });
  const changed = (set: ImageSet): ImageSet => ({
    ...set,
    image: index => {
      const picture = set.image(index);
      return { ...picture, pixels: change(picture, stream(0, draws, index)) };
    },
  });
  return defineDataset({
    ...mnist,
    name,
    title,
    fingerprint,
    check: async () => ({ ...(await mnist.check()), name }),
    load: async options => {
      const loaded = await mnist.load(options);
      return { ...loaded, name, fingerprint, test: changed(loaded.test) };
    },
  });
}
