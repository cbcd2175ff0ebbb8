import { expect, test } from 'vitest';
import { gpuPart } from '../../src/cli/set-up/doctor-gpu.ts';

const driver = { version: '550.54.14', devices: ['NVIDIA L4'] };
const old = { version: '470.256.02', devices: ['NVIDIA L4'] };
const answer = { version: '2.21.0', kernels: { library: null, convolution: 'Eigen' } } as const;

test.each([
  ['no driver', { driver: undefined, provided: false }, ['good', /^no NVIDIA driver; runs use the processor$/]],
  [
    'nothing provided',
    { driver, provided: false },
    ['good', /^NVIDIA L4 \(driver 550\.54\.14\).*--fix --device gpu"\.$/],
  ],
  [
    'provided',
    { driver, provided: true },
    ['notice', /GPU build there, used with --device gpu\. .*never ran it on a GPU/],
  ],
  ['an old driver', { driver: old, provided: false }, ['notice', /expected driver 525\.60 or newer/]],
] as const)('not asked for: %s', (_, state, [expected, detail]) => {
  expect(gpuPart(state, false)).toEqual({ name: 'GPU', state: expected, detail: expect.stringMatching(detail) });
});

test.each([
  ['no driver', { driver: undefined, provided: false }, ['missing', /^no NVIDIA driver\. Install it\.$/]],
  ['nothing provided', { driver, provided: false }, ['missing', /3\.4 GB to download/]],
  ['an old driver', { driver: old, provided: true }, ['missing', /expected driver 525\.60 or newer/]],
  [
    'it does not load',
    { driver, provided: true, answer: { failure: 'it sees no GPU' } },
    ['missing', /: it sees no GPU$/],
  ],
  ['it works', { driver, provided: true, answer }, ['good', /TensorFlow 2\.21\.0 convolves on it\. .*never ran it/]],
] as const)('asked for: %s', (_, state, [expected, detail]) => {
  expect(gpuPart(state, true)).toEqual({ name: 'GPU', state: expected, detail: expect.stringMatching(detail) });
});
