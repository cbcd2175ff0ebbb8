/** Many speed gates of one benchmark whose true slowing is known. */
import { stream } from '../../src/core/random.ts';
import { levelOfLook } from '../../src/gate/decision.ts';
import { signedRankCdf } from '../../src/stats/signed-rank.ts';
import type { Tally } from './simulate.ts';
import type { SpeedNoise } from './speed-noise.ts';

interface SpeedSetting {
  noise: SpeedNoise;
  /** log(1 + δ) in deviations of a round's log ratio, which is 1 here. */
  margin: number;
  /** True slowing in margins: 0, 1 or 2. */
  effect: number;
  looks: readonly number[];
  confidence: number;
  gates: number;
  seed: number;
}

type Outcome = 'pass' | 'fail' | 'inconclusive';

/** The rule of `decideSpeed` without what it tells; a test holds the two together. */
export function simulateSpeedGates(setting: SpeedSetting): Tally {
  const { noise, effect, looks, confidence, gates, seed } = setting;
  const random = stream(seed, `speed calibration ${noise.name} ${effect} ${looks.join()}`);
  const level = levelOfLook(confidence, looks.length);
  const outside = looks.map(rounds => ranksOutside(rounds, level));
  const tally = { gates, pass: 0, fail: 0, inconclusive: 0 };
  for (let gate = 0; gate < gates; gate++) tally[simulateOne(setting, outside, random)]++;
  return tally;
}

function simulateOne(
  { noise, margin, effect, looks }: SpeedSetting,
  outside: readonly number[],
  random: ReturnType<typeof stream>,
): Outcome {
  const next = noise.start(random);
  const most = looks.at(-1) as number;
  const logs = new Float64Array(most);
  let [kept, moved] = [0, 0];
  for (const [i, rounds] of looks.entries()) {
    while (kept < rounds && moved < most) {
      const sign = random.uniform() < 0.5 ? 1 : -1;
      const [first, second] = [next(), next()];
      const machine = sign * (second.machine - first.machine);
      if (Math.abs(machine) > margin) moved++;
      else logs[kept++] = effect * margin + machine + sign * (second.own - first.own);
    }
    const outcome = kept < rounds ? 'inconclusive' : decideTimes(logs.subarray(0, kept), outside[i] as number, margin);
    if (outcome !== 'inconclusive') return outcome;
  }
  return 'inconclusive';
}

/** The interval's ends are averages of pairs: so many lie outside of each, if any. On which side of the margin they lie is counted. */
export function decideTimes(logs: Float64Array, outside: number, margin: number): Outcome {
  let [low, all] = [0, 0];
  for (let i = 0; i < logs.length; i++) {
    for (let j = i; j < logs.length; j++, all++) if (((logs[i] as number) + (logs[j] as number)) / 2 <= margin) low++;
  }
  if (low < outside) return 'fail';
  return all - low < outside ? 'pass' : 'inconclusive';
}

/** The least count of averages on one side that the level does not exclude; 0 if it excludes none. */
export function ranksOutside(rounds: number, level: number): number {
  let count = 0;
  while (signedRankCdf(count, rounds) <= (1 - level) / 2) count++;
  return count;
}
