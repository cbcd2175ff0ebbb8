/** What tiers of several experiments have in common. */

const BATCH = 128;
const QUICK_BATCH = 64;

/** The small form on all training images for so many steps; `evaluate` adds to what is evaluated. */
export const fullTier = (steps: number, evaluate: { lesions?: 'all' } = {}, images = 60_000) => {
  const epoch = Math.ceil(images / BATCH);
  return {
    seeds: 5,
    decides: true,
    about: `the small form for ${Math.round(steps / epoch)} epochs, the rate divided by 10 at a half and three quarters`,
    config: {
      steps,
      batch: BATCH,
      trainImages: 'all' as const,
      optimiser: { schedule: { kind: 'step' as const, at: [0.5, 0.75], factor: 0.1 } },
      evaluate: { every: epoch, images: 'all' as const, ...evaluate },
      lastSteps: epoch,
    },
  };
};

/** What the base says, for so many steps on so many images. */
export const quickTier = (steps: number, images = 60_000) => ({
  seeds: 5,
  decides: true,
  about: `${steps} steps of ${QUICK_BATCH} images, ${((steps * QUICK_BATCH) / images).toPrecision(2)} epochs`,
});
