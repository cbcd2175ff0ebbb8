/** Many speed gates of benchmarks whose true slowing is known. */
import { stream } from '../../src/core/random.ts';
import type { Check } from '../../src/gate/check.ts';
import { blankCheck, levelOfLook, together } from '../../src/gate/decision.ts';
import { judgeOpen } from '../../src/gate/speed-gate.ts';
import { signedRankCdf } from '../../src/stats/signed-rank.ts';
import type { Outcome, Tally } from './simulate.ts';
import type { ProcessNoise, SpeedNoise } from './speed-noise.ts';

interface SpeedSetting {
  noise: SpeedNoise;
  /** log(1 + δ) in deviations of a round's log ratio, which is 1 here. */
  margin: number;
  /** True slowing of each benchmark in margins. */
  effects: readonly number[];
  looks: readonly number[];
  confidence: number;
  gates: number;
  seed: number;
}

/** One benchmark of the rounds so far: what `judgeTimes` finds, from counts alone. */
type RankJudge = (logs: Float64Array, margin: number) => Pick<Check, 'p'> & { outcome: Outcome };

/** As `decideSpeed` does it; a test holds the two together. */
export function simulateSpeedGates(setting: SpeedSetting): Tally {
  const { noise, effects, looks, confidence, gates, seed } = setting;
  const random = stream(seed, `speed calibration ${noise.name} ${effects.join()} ${looks.join()}`);
  const level = levelOfLook(confidence, looks.length);
  const judges = looks.map(rounds => rankJudge(rounds, level));
  const tally = { gates, pass: 0, fail: 0, inconclusive: 0 };
  for (let gate = 0; gate < gates; gate++) tally[simulateOne(setting, level, judges, random)]++;
  return tally;
}

function simulateOne(
  { noise, margin, effects, looks }: SpeedSetting,
  level: number,
  judges: readonly RankJudge[],
  random: ReturnType<typeof stream>,
): Outcome {
  const next = noise.start(random, effects.length);
  const names = effects.map((_, i) => String(i));
  const most = looks.at(-1) as number;
  const logs = effects.map(() => new Float64Array(most));
  let [kept, moved] = [0, 0];
  let checks: Check[] = names.map(name => ({ ...blankCheck(name, '', level), outcome: 'inconclusive' }));
  for (const [look, rounds] of looks.entries()) {
    while (kept < rounds && moved < most) {
      const sign = random.uniform() < 0.5 ? 1 : -1;
      const processes = [next(), next()] as const;
      const machine = sign * (processes[1].machine - processes[0].machine);
      if (Math.abs(machine) > margin) moved++;
      else addRound(logs, kept++, i => (effects[i] as number) * margin + machine + sign * gap(processes, i));
    }
    if (kept < rounds) break;
    const judge = judges[look] as RankJudge;
    checks = judgeOpen(names, level, checks, name => ({
      ...blankCheck(name, '', level),
      ...judge((logs[Number(name)] as Float64Array).subarray(0, kept), margin),
    }));
    if (checks.every(check => check.outcome !== 'inconclusive')) break;
  }
  return together(checks) as Outcome;
}

function addRound(logs: readonly Float64Array[], at: number, figure: (benchmark: number) => number): void {
  for (const [i, values] of logs.entries()) values[at] = figure(i);
}

const gap = ([first, second]: readonly [ProcessNoise, ProcessNoise], benchmark: number): number =>
  (second.own[benchmark] as number) - (first.own[benchmark] as number);

/** The interval's ends are averages of pairs: so many lie outside of each, if any. On which side of the margin they lie is counted. */
export function rankJudge(rounds: number, level: number): RankJudge {
  const averages = (rounds * (rounds + 1)) / 2;
  const tails = Array.from({ length: averages + 1 }, (_, low) => signedRankCdf(low, rounds));
  const outside = tails.findIndex(tail => tail > (1 - level) / 2);
  return (logs, margin) => {
    const low = averagesUpTo(logs, margin);
    const outcome = low < outside ? 'fail' : averages - low < outside ? 'pass' : 'inconclusive';
    return { outcome, p: tails[low] as number };
  };
}

function averagesUpTo(logs: Float64Array, bound: number): number {
  let count = 0;
  for (let i = 0; i < logs.length; i++) {
    for (let j = i; j < logs.length; j++) if (((logs[i] as number) + (logs[j] as number)) / 2 <= bound) count++;
  }
  return count;
}
