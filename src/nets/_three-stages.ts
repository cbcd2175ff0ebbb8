/**
 * Inception nets of three kinds of modules with a reduction between each two: v3, and what v4 and the Inception-ResNets
 * share (Szegedy, Ioffe, Vanhoucke & Alemi 2016, arXiv:1602.07261).
 */
import type { PublishedError } from '../core/net.ts';
import { chain, conv, HALVE, type Modules, max, parallel, repeat, SHRINK, type Step } from './_steps.ts';

export const BASE_2016 = {
  year: 2016,
  source: 'Szegedy, Ioffe, Vanhoucke & Alemi 2016, arXiv:1602.07261',
  pixels: 299,
  smallWidth: 0.125,
  norms: ['batch', 'none'] as const,
  dropout: 0.2,
};

/** Figure 3: to 35×35×384. */
export const BRANCHED_STEM = chain(
  ...[conv(32, 3, HALVE), conv(32, 3, SHRINK), conv(64, 3)],
  parallel(max(HALVE), conv(96, 3, HALVE)),
  parallel(
    chain(conv(64, 1), conv(96, 3, SHRINK)),
    chain(conv(64, 1), conv(64, [7, 1]), conv(64, [1, 7]), conv(96, 3, SHRINK)),
  ),
  parallel(conv(192, 3, HALVE), max(HALVE)),
);

/** The first layers of figure 14, of Inception v3 and of the released Inception-ResNet-v2: to 71×71×192. */
export const PLAIN_STEM = [
  ...[conv(32, 3, HALVE), conv(32, 3, SHRINK), conv(64, 3), max(HALVE)],
  ...[conv(80, 1), conv(192, 3, SHRINK)],
];

/** Figure 7, with the filters of table 1: 35×35 to 17×17. */
export function reductionA([k, l, m, n]: readonly [k: number, l: number, m: number, n: number]): Step {
  return parallel(max(HALVE), conv(n, 3, HALVE), chain(conv(k, 1), conv(l, 3), conv(m, 3, HALVE)));
}

export interface Stages {
  stem: Step;
  a: (index: number) => Step;
  reductionA: Step;
  b: (index: number) => Step;
  reductionB: Step;
  c: (index: number) => Step;
}

/** Modules A, B and C as often as asked for, a reduction between each two kinds. */
export function threeStages(counts: readonly number[], stages: Stages): Modules {
  const [a, b, c] = counts;
  return [
    ['stem', stages.stem],
    ...repeat('a', a, stages.a),
    ['reductionA', stages.reductionA],
    ...repeat('b', b, stages.b),
    ['reductionB', stages.reductionB],
    ...repeat('c', c, stages.c),
  ];
}

export function oneCrop(error: number): PublishedError {
  return { error, models: 1, set: 'val', source: 'Szegedy et al. 2016, table 2, one crop' };
}
