/** Sentences that many experiments say of themselves. */

export const SMALL_FOR_IMAGENET =
  'Below the full tier, Fashion-MNIST at 28 pixels and a net of some hundred thousand parameters stand for ImageNet at 224 pixels.';
export const SMALL_FOR_CIFAR =
  'Below the full tier, Fashion-MNIST at 28 pixels and a net of some hundred thousand parameters stand for CIFAR-10 and the paper’s nets.';
export const COLOUR_FOR_IMAGENET =
  'Below the full tier, CIFAR-10 (JPEG copy) at 32 pixels and a net of some hundred thousand parameters stand for ImageNet at 224 pixels.';
export const QUICK_SHOWS_STARTS =
  'The quick tier shows how the nets start, not where they end: that is the long tier’s.';
export const quickStopsAfter = (epochs: number): string =>
  `The quick tier stops after ${epochs} epochs: it shows how the nets start, not where they end: that is the long tier’s.`;

export const SET_BEFORE_THE_FIRST_RUN =
  'Margin and budget: set before the first run, from the published effect and the machine time of a quick tier alone.';
export const SET_BEFORE_ANY_RUN_BUT_SMOKE =
  'Margin, rule and budget: set before any run but those of the smoke tier, from the published effect and the machine time of a quick tier alone.';
