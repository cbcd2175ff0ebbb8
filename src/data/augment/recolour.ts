/** The changes of colour that a list of augmentations asks for, in its order. */
import type { ImageSet } from '../../core/dataset.ts';
import type { Augmentation } from '../../core/input.ts';
import type { Stream } from '../../core/random.ts';
import { colourAxesOf } from './colour-axes.ts';
import { addColourNoise, IMAGENET_AXES } from './colour-noise.ts';
import type { AugmentationKind } from './kinds.ts';
import { distortColours } from './photometric.ts';
import type { WorkImage } from './work-image.ts';

interface ColourChange {
  kind: AugmentationKind;
  apply(image: WorkImage, draws: Stream): void;
}

/** Axes of the training images are computed here, once. */
export function colourChanges(augment: readonly Augmentation[], train: ImageSet): ColourChange[] {
  return augment.flatMap(augmentation => colourChange(augmentation, train) ?? []);
}

function colourChange(augmentation: Augmentation, train: ImageSet): ColourChange | undefined {
  const { kind } = augmentation;
  if (kind === 'photometric')
    return { kind, apply: (image, draws) => distortColours(image, augmentation.strength, draws) };
  if (kind !== 'colour-noise') return undefined;
  const axes = augmentation.axes === 'imagenet' ? IMAGENET_AXES : colourAxesOf(train);
  return { kind, apply: (image, draws) => addColourNoise(image, axes, augmentation.std, draws) };
}
