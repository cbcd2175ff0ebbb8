/** What kinds of augmentation there are, and each one's own stream of draws. */
import type { Augmentation } from '../../core/input.ts';
import type { SeekableStream } from './philox.ts';

export type AugmentationKind = Augmentation['kind'];

/** The numbers are part of every run's bits: a kind keeps its own for ever. */
const STREAMS: Record<AugmentationKind, number> = {
  'random-crop': 0,
  'pad-crop': 1,
  flip: 2,
  'scale-jitter': 3,
  'area-crop': 4,
  'colour-noise': 5,
  photometric: 6,
};

export const CROPS: readonly AugmentationKind[] = ['random-crop', 'pad-crop', 'area-crop'];
export const COLOURS: readonly AugmentationKind[] = ['colour-noise', 'photometric'];

/** An image's draws of one kind do not depend on which other augmentations there are: arms stay paired. */
export const drawsOf = (draws: SeekableStream, index: number, kind: AugmentationKind): SeekableStream =>
  draws.seek(index, STREAMS[kind]);
