/** How a class stands among the probabilities of one image: the rule by which errors are counted everywhere. */

/**
 * How many classes are at least as probable as `label`, itself included: ties count against it, and 0 means not a
 * number. The image is right at top-k if the rank is 1 … k.
 */
export function rankOf(probabilities: ArrayLike<number>, label: number): number {
  const own = probabilities[label] as number;
  let rank = 0;
  for (let i = 0; i < probabilities.length; i++) if ((probabilities[i] as number) >= own) rank++;
  return rank;
}

/** True if `rank` is none of the k best. */
export const isMiss = (rank: number, k: number): boolean => rank < 1 || rank > k;

/** The k most probable classes, the first of equal ones first. */
export function bestClasses(probabilities: ArrayLike<number>, k: number): number[] {
  const classes = Array.from(probabilities, (_, index) => index);
  const byProbability = (a: number, b: number): number => (probabilities[b] as number) - (probabilities[a] as number);
  return classes.sort((a, b) => byProbability(a, b) || a - b).slice(0, k);
}

/** Probabilities below it are 0 in float32: what a net calls impossible costs 103 nats, not infinitely many. */
const LEAST = 2 ** -149;

/** −ln of the label's probability, in nats. */
export function lossOf(probabilities: ArrayLike<number>, label: number): number {
  return -Math.log(Math.max(LEAST, probabilities[label] as number));
}
