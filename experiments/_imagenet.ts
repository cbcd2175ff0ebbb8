/** Epochs in steps; of ImageNet as the papers had it, unless another number of images is given. */
export const IMAGENET_IMAGES = 1_281_167;

export const epochsOf = (epochs: number, batch: number, images = IMAGENET_IMAGES): number =>
  Math.round((epochs * images) / batch);

/** All validation images once an epoch; training figures are means over the last one. */
export const onceAnEpoch = (batch: number, images = IMAGENET_IMAGES) => {
  const epoch = epochsOf(1, batch, images);
  return { evaluate: { every: epoch, images: 'all' as const }, lastSteps: epoch };
};
