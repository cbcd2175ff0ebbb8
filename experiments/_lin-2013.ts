/**
 * How Network in Network was trained on CIFAR-10 (Lin, Chen & Yan 2013, §4.1 and §4.2): batches of 128, dropout behind the
 * first two blocks, the rate divided by ten twice, each time once the training accuracy stalls; no augmentation (table 1).
 *
 * Ours, since the paper gives none: rate, weight decay, length, and when the rate falls. Images are standardised by colour,
 * where the paper whitens them.
 */
import { onceAnEpoch } from './_imagenet.ts';
import { paperTier } from './_tiers.ts';

const BATCH = 128;

export const lin2013 = () =>
  paperTier(
    'CIFAR-10 as in Lin et al. 2013, §4: batches of 128, the rate divided by ten twice; 120,000 steps, 307 epochs, are ours',
    {
      net: 'nin',
      options: { form: 'paper' },
      dataset: 'cifar-10',
      steps: 120_000,
      batch: BATCH,
      optimiser: {
        kind: 'sgd',
        rate: 0.01,
        weightDecay: 0.0001,
        schedule: { kind: 'step', at: [5 / 6, 11 / 12], factor: 0.1 },
      },
      ...onceAnEpoch(BATCH, 50_000),
    },
  );
