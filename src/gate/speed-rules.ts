import { UserError } from '../core/errors.ts';
import { signedRankInterval } from '../stats/index.ts';
import { levelOfLook } from './decision.ts';
import { parseMargin } from './threshold.ts';

/** What a comparison of speed holds each benchmark to. */
export interface SpeedRules {
  suite: string;
  /** Benchmark → slowing that is tolerated, as a share of the base's time: 0.05 is 5 %. */
  margins: Record<string, number>;
  /** 1 − the chance to err, over all looks. */
  confidence: number;
  /** Rounds at each planned look, ascending. */
  looks: readonly number[];
}

export const SPEED_DEFAULTS = { margin: '5%', confidence: 0.95, rounds: 32 } as const;

/** Parts of all rounds after which it is looked: what is clear is mostly clear after a quarter. */
const LOOKS_AT = [1 / 4, 1 / 2, 1];

/** Throws one line unless as many rounds can decide something. */
export function looksOf(rounds: number, confidence: number): number[] {
  if (!(confidence > 0.5 && confidence < 1))
    throw new UserError(`confidence: expected a number between 0.5 and 1, got ${confidence}.`);
  const looks = [...new Set(LOOKS_AT.map(part => Math.ceil(part * rounds)))];
  const fewest = fewestRounds(levelOfLook(confidence, looks.length));
  if (rounds < fewest)
    throw new UserError(`rounds: expected at least ${fewest} at confidence ${confidence}, got ${rounds}.`);
  return looks;
}

/** Throws one line unless it is a share of the base's time. */
export function relativeMargin(text: string): number {
  const margin = parseMargin(text);
  if ('relative' in margin && margin.relative > 0) return margin.relative;
  throw new UserError(`margin of a time: expected a share above 0 of the base's, as in 5%, got "${text}".`);
}

/** Fewer have no interval of this level. */
function fewestRounds(level: number): number {
  let rounds = 1;
  while (signedRankInterval(Array<number>(rounds).fill(0), level) === null) rounds++;
  return rounds;
}
