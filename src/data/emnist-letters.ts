import { defineEmnist } from './_emnist.ts';

export default defineEmnist({
  name: 'emnist-letters',
  selection: 'letters',
  classes: [...'abcdefghijklmnopqrstuvwxyz'],
  firstLabel: 1,
  trainCount: 124_800,
  testCount: 20_800,
});
