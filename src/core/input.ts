/** What a net is shown: how a stored picture becomes its input, in training and in evaluation. */

/** *standardised*: (x/255 − mean)/std. *centred*: x − 255·mean, in units of 0–255, as VGG was fed, and AlexNet nearly. */
export type InputScale = 'standardised' | 'centred';

/** One change of a training image; src/data/augment/ has the papers' constants. Sides are in pixels. */
export type Augmentation =
  /** A window of `input.size` anywhere in the picture. */
  | { kind: 'random-crop' }
  /** A window of the picture with `pad` mean pixels around it. */
  | { kind: 'pad-crop'; pad: number }
  /** Left and right change places in half of the images. */
  | { kind: 'flip' }
  /** The picture's shorter side is uniform in from … to; `random-crop` follows. */
  | { kind: 'scale-jitter'; from: number; to: number }
  /** A window of this share of the picture's area and of this width/height, resized to `input.size`. */
  | { kind: 'area-crop'; area: readonly [number, number]; aspect: readonly [number, number] }
  /** Along the principal axes of RGB: ImageNet's as published, or those of the training images at hand. */
  | { kind: 'colour-noise'; std: number; axes: 'imagenet' | 'dataset' }
  /** Brightness, contrast and saturation, each by a factor in 1 − strength … 1 + strength. */
  | { kind: 'photometric'; strength: number };

/** Part of a cell's identity. */
export interface InputConfig {
  /** Pictures are resized to it, their aspect kept; null: they stay as they are stored. */
  shorterSide: number | null;
  /** Side of the square that the net sees, cut out of the middle in evaluation; null: all of the picture. */
  size: number | null;
  scale: InputScale;
  /** In this order. */
  augment: readonly Augmentation[];
  /** *thorough*: every epoch has a new order. *poor*: neighbours stay neighbours (Ioffe & Szegedy 2015, §4.2.1). */
  shuffle: 'thorough' | 'poor';
  /** Share of the training images that is kept out of training and gives the `validation.*` figures. */
  validationShare: number;
}

/** Pictures as they are stored. */
export const DEFAULT_INPUT: InputConfig = {
  shorterSide: null,
  size: null,
  scale: 'standardised',
  augment: [],
  shuffle: 'thorough',
  validationShare: 0,
};

/** Shape of the net's input on a dataset of this shape [height, width, channels]. */
export function inputShape(
  stored: readonly [number, number, number],
  { size }: Pick<InputConfig, 'size'>,
): readonly [number, number, number] {
  return size === null ? stored : [size, size, stored[2]];
}
