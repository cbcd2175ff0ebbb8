/** What Inception v4 and the Inception-ResNets share: Szegedy, Ioffe, Vanhoucke & Alemi 2016, arXiv:1602.07261. */
import { chain, conv, max, parallel, type Step } from './_inception.ts';

export const SOURCE_2016 = 'Szegedy, Ioffe, Vanhoucke & Alemi 2016, arXiv:1602.07261';
export const HALVE = { stride: 2, edges: 'shrink' } as const;
export const SHRINK = { edges: 'shrink' } as const;

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

/** Figure 7, with the filters of table 1: 35×35 to 17×17. */
export function reductionA([k, l, m, n]: readonly [k: number, l: number, m: number, n: number]): Step {
  return parallel(max(HALVE), conv(n, 3, HALVE), chain(conv(k, 1), conv(l, 3), conv(m, 3, HALVE)));
}
