import { defineExperiment } from 'convbench';
import { SIZES, tolerance } from './_fukushima-1980.ts';
import { SET_BEFORE_ANY_RUN_BUT_SMOKE } from './_words.ts';

export default defineExperiment({
  id: 'shift-tolerance',
  title: 'Digits moved out of place',
  believed:
    'Cells of the visual cortex answer to a feature wherever it is. A fully connected net has to learn each place by itself.',

  ...tolerance('mnist-shifted', 'shifted', {
    lenet: 'no figure: LeNet-5 recognises them in the paper’s figure 13',
    neocognitron: '“not affected by a shift in position” (title)',
  }),

  limits: [
    'All train on MNIST’s digits in their place and are tested on digits moved by up to 6 pixels to each side. Deformed digits are another experiment’s: deformation-tolerance.',
    SIZES,
    'The quick tier stops after half an epoch.',
  ],

  history: [SET_BEFORE_ANY_RUN_BUT_SMOKE],
});
