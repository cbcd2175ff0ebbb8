import { defineEmnist } from './_emnist.ts';

export default defineEmnist({
  name: 'emnist-digits',
  selection: 'digits',
  classes: [...'0123456789'],
  trainCount: 240_000,
  testCount: 40_000,
});
