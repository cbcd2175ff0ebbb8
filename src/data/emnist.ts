import { defineEmnist } from './_emnist.ts';

/** Lower-case letters that look like their capitals are one class with them. */
export default defineEmnist({
  name: 'emnist',
  selection: 'balanced',
  classes: [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabdefghnqrt'],
  trainCount: 112_800,
  testCount: 18_800,
});
