import { defineExperiment } from 'convbench';
import { SIZES, tolerance } from './_fukushima-1980.ts';
import { SET_BEFORE_ANY_RUN_BUT_SMOKE } from './_words.ts';

export default defineExperiment({
  id: 'deformation-tolerance',
  title: 'Digits turned, stretched and slanted',
  believed:
    'A stroke that is a little longer or turned is met by the same local features, and pooling forgives where exactly. A fully connected net knows only whole templates.',

  ...tolerance('mnist-deformed', 'deformed', {
    lenet: 'no figure: LeNet-5 recognises rotations of up to 30° and scales within a factor of two (§III.E)',
    neocognitron: 'no figure: recognition is not affected by small changes in shape (abstract)',
  }),

  limits: [
    'All train on MNIST’s digits as they are and are tested on digits turned by up to 30°, stretched along each axis by 2^±0.5 and slanted by up to 0.3.',
    SIZES,
    'The quick tier stops after half an epoch.',
  ],

  history: [SET_BEFORE_ANY_RUN_BUT_SMOKE],
});
