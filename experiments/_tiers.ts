/** What tiers of several experiments have in common. */

const BATCH = 128;
const STEPS_PER_EPOCH = Math.ceil(60_000 / BATCH);

/** The small form on the 60,000 images of Fashion-MNIST for so many steps; `evaluate` adds to what is evaluated. */
export const fullTier = (steps: number, evaluate: { lesions?: 'all' } = {}) => ({
  seeds: 5,
  decides: true,
  about: `the small form for ${Math.round(steps / STEPS_PER_EPOCH)} epochs, the rate divided by 10 at a half and three quarters`,
  config: {
    steps,
    batch: BATCH,
    optimiser: { schedule: { kind: 'step' as const, at: [0.5, 0.75], factor: 0.1 } },
    evaluate: { every: STEPS_PER_EPOCH, images: 'all' as const, ...evaluate },
    lastSteps: STEPS_PER_EPOCH,
  },
});
