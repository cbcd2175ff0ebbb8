import { binomialCdf, binomialPoint } from './beta.ts';
import type { Interval } from './interval.ts';
import { turningPoint } from './turning-point.ts';

/** Upper 2.5 % of the normal distribution. */
const Z = 1.959963984540054;

export interface McNemar {
  /** Images that both were right on, that only one was wrong on, that both were wrong on. */
  bothRight: number;
  firstWrong: number;
  secondWrong: number;
  bothWrong: number;
  /** Error rate of the first minus that of the second. */
  difference: number;
  /** Of the difference, 95 %. */
  interval: Interval;
  /** Two-sided: exact, and with half the chance of what was seen. */
  exactP: number;
  midP: number;
}

/**
 * Do two classifiers err alike on one test set (McNemar 1947)? Only the images on which one is wrong and the other is
 * right tell. *exact* is the binomial test on them, which never errs more often than its p says; *mid-p* errs about as
 * often (Fagerland, Lydersen & Laake 2013). Null without images; other lists than of one length are a mistake of the caller.
 */
export function mcnemar(first: readonly boolean[], second: readonly boolean[]): McNemar | null {
  if (first.length !== second.length) throw new RangeError(`${first.length} images against ${second.length}`);
  if (first.length === 0) return null;
  const count = (a: boolean, b: boolean): number => first.filter((wrong, i) => wrong === a && second[i] === b).length;
  const counts = { bothWrong: count(true, true), bothRight: count(false, false) };
  const [firstWrong, secondWrong] = [count(true, false), count(false, true)];
  const n = first.length;
  return {
    ...counts,
    firstWrong,
    secondWrong,
    difference: (firstWrong - secondWrong) / n,
    interval: pairedInterval(firstWrong, secondWrong, n),
    ...pValues(firstWrong, secondWrong),
  };
}

function pValues(b: number, c: number): { exactP: number; midP: number } {
  const [least, discordant] = [Math.min(b, c), b + c];
  if (b === c) return { exactP: 1, midP: discordant === 0 ? 1 : 1 - binomialPoint(b, discordant, 0.5) / 2 };
  const exactP = Math.min(1, 2 * binomialCdf(least, discordant, 0.5));
  return { exactP, midP: exactP - binomialPoint(least, discordant, 0.5) };
}

/**
 * Score interval of the difference (b − c)/n of paired rates (Tango 1998): the differences δ whose score test does not
 * reject. It stays within −1 … 1 and holds its level with few discordant pairs, where Wald's does not.
 */
function pairedInterval(b: number, c: number, n: number): Interval {
  const seen = (b - c) / n;
  return [-reach(c, b, n, -seen), reach(b, c, n, seen)];
}

/** The greatest δ that is not rejected: between the difference seen and 1. */
const reach = (b: number, c: number, n: number, seen: number): number =>
  turningPoint(seen, 1, delta => score(b, c, n, delta) > -Z);

/** (b − c − nδ) over its deviation, with the likeliest rate of c at this δ (Tango 1998, eq. 5–6). */
function score(b: number, c: number, n: number, delta: number): number {
  const linear = -b - c + (2 * n - b + c) * delta;
  const root = Math.sqrt(Math.max(0, linear * linear + 8 * n * c * delta * (1 - delta)));
  const rate = (root - linear) / (4 * n);
  // Positive: δ is never −1, and 0 only where an image was told apart.
  const variance = n * (2 * rate + delta * (1 - delta));
  return (b - c - n * delta) / Math.sqrt(variance);
}
