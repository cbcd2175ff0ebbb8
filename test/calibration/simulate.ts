/** Many gates on made-up figures whose true worsening is known. */
import { stream } from '../../src/core/random.ts';
import { outcomeOf } from '../../src/gate/check.ts';
import { levelOfLook } from '../../src/gate/decision.ts';
import { studentCritical } from '../../src/stats/index.ts';
import type { Noise } from './noise.ts';

export interface Setting {
  noise: Noise;
  /** δ in deviations of a pair's difference, which is 1 here. */
  margin: number;
  /** True worsening in δ: 0, 1 or 2. */
  effect: number;
  looks: readonly number[];
  confidence: number;
  gates: number;
  seed: number;
}

export type Outcome = 'pass' | 'fail' | 'inconclusive';

export type Tally = Record<'gates' | Outcome, number>;

/** The rule of `judgePairs` on running sums; a test holds the two together. */
export function simulateGates({ noise, margin, effect, looks, confidence, gates, seed }: Setting): Tally {
  const random = stream(seed, `calibration ${noise.name} ${effect} ${looks.join()}`);
  const level = levelOfLook(confidence, looks.length);
  const reach = looks.map(k => studentCritical(level, k - 1) / Math.sqrt(k));
  const tally = { gates, pass: 0, fail: 0, inconclusive: 0 };
  const most = looks.at(-1) as number;
  const effects = new Float64Array(most);
  const pair = new Float64Array(2);
  for (let gate = 0; gate < gates; gate++) {
    for (let i = 0; i < most; i++) {
      noise.draw(random, pair);
      effects[i] = margin * effect + ((pair[1] as number) - (pair[0] as number)) / noise.deviation;
    }
    tally[decide(effects, looks, reach, margin)]++;
  }
  return tally;
}

/** At the first look that decides, or the last. */
export function decide(
  effects: Float64Array,
  looks: readonly number[],
  reach: readonly number[],
  margin: number,
): Outcome {
  for (const [i, k] of looks.entries()) {
    const seen = effects.subarray(0, k);
    const centre = seen.reduce((sum, value) => sum + value, 0) / k;
    const squares = seen.reduce((sum, value) => sum + (value - centre) ** 2, 0);
    const half = (reach[i] as number) * Math.sqrt(squares / (k - 1));
    const outcome = outcomeOf([centre - half, centre + half], margin);
    if (outcome === 'pass' || outcome === 'fail') return outcome;
  }
  return 'inconclusive';
}
