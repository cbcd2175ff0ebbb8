/** What tiers of several experiments have in common. */
import type { CellConfigSpec, TierSpec } from 'convbench';

const BATCH = 128;
const QUICK_BATCH = 64;

/** As many as decide; the papers trained one or two nets of a kind. */
const PAPER_SEEDS = 5;

/** The small form on all training images for so many steps; `evaluate` adds to what is evaluated. */
export const longTier = (steps: number, images = 60_000, evaluate: { lesions?: 'all' } = {}) => {
  const epoch = Math.ceil(images / BATCH);
  const epochs = Math.round(steps / epoch);
  return {
    seeds: 5,
    decides: true,
    about: `the small form for ${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}, the rate divided by 10 at a half and three quarters`,
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

/** What most experiments train in minutes: a net in its small form, on batches whose size `quickTier` states. */
export const smallForm = ({
  options,
  rate,
  ...more
}: Pick<CellConfigSpec, 'net' | 'options' | 'steps'> & { rate: number; dataset?: string }): CellConfigSpec => ({
  dataset: 'fashion-mnist',
  ...more,
  options: { form: 'small', ...options },
  batch: QUICK_BATCH,
  optimiser: { kind: 'sgd', rate, weightDecay: 0.0001 },
});

/** Four stages that survive on 28 to 32 pixels. */
export const SMALL_RESNET = { widths: [16, 16, 32, 64], stemStride: 2 };

/** What the base says, for so many steps on so many images. */
export const quickTier = (steps: number, images = 60_000) => ({
  seeds: 5,
  decides: true,
  about: `${steps} steps of ${QUICK_BATCH} images, ${((steps * QUICK_BATCH) / images).toPrecision(2)} epochs`,
});

/** What one experiment changes in a paper's training, or has to say of it. */
export type Adaptation = Partial<Omit<TierSpec, 'base'>> & { base?: Partial<CellConfigSpec> };

/** A paper's own setting: nothing of the small form is left in it. */
export const paperTier = (
  setting: string,
  base: CellConfigSpec,
  { about, base: changed, ...more }: Adaptation = {},
): TierSpec => ({
  seeds: PAPER_SEEDS,
  decides: true,
  about: about ? `${setting}; ${about}` : setting,
  base: { ...base, ...changed },
  ...more,
});
