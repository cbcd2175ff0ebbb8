/** The names of this project: `layer/role`. A checkpoint's further slots, `layer/role/slot`, are the optimiser's. */
import type { Naming } from './naming.ts';

export const ours: Naming = {
  title: 'this project',
  layout: 'ours',
  separator: '/',
  roles: {
    kernel: 'kernel',
    bias: 'bias',
    gamma: 'gamma',
    beta: 'beta',
    'moving-mean': 'moving-mean',
    'moving-variance': 'moving-variance',
    coefficient: 'coefficient',
    codes: 'codes',
  },
  ignored: /^[^/]+\/[^/]+\/[^/]+$/,
  families: { any: { requires: {}, nameOf: ({ name }) => name } },
  metadata: {},
};
