/**
 * Where the mean of a series changes: PELT (Killick, Fearnhead & Eckley 2012, §3) on squared residuals. It minimises
 * Σ residuals² + penalty × changes over all segmentations, exactly.
 */
import { median } from './summary.ts';

export interface ChangePointOptions {
  /** What one more change must win in squared residuals, in the values' unit squared. */
  penalty: number;
  /** Values of each segment, at least; 1 or more. */
  minimumSegment: number;
}

/**
 * Indices at which a new segment begins, ascending; none for a series without change, too short for two segments, or of
 * values whose squares are not finite.
 */
export function changePoints(values: readonly number[], { penalty, minimumSegment }: ChangePointOptions): number[] {
  const cost = residualsOf(values);
  const least = Math.max(penalty, ROUNDING * cost(0, values.length));
  if (!Number.isFinite(least)) return [];
  const best: number[] = [-least];
  const previous: number[] = [];
  let candidates: Candidate[] = [];
  for (let end = minimumSegment; end <= values.length; end++) {
    const entering = end - minimumSegment;
    if (best[entering] !== undefined) candidates.push({ start: entering, leavesAt: Number.POSITIVE_INFINITY });
    candidates = candidates.filter(candidate => candidate.leavesAt > end);
    const totals = candidates.map(({ start }) => (best[start] as number) + cost(start, end));
    const lowest = Math.min(...totals);
    const total = lowest + least;
    best[end] = total;
    previous[end] = (candidates[totals.indexOf(lowest)] as Candidate).start;
    // Whoever is worse than a change here stays so, but only from where a change here leaves room for a segment.
    for (const [i, candidate] of candidates.entries()) {
      if ((totals[i] as number) > total) candidate.leavesAt = Math.min(candidate.leavesAt, end + minimumSegment);
    }
  }
  return startsFrom(previous, values.length);
}

/** 3σ² ln n, the leading term of the modified BIC (Zhang & Siegmund 2007): σ is the noise of one value. */
export const changePenalty = (noise: number, length: number): number => 3 * noise ** 2 * Math.log(Math.max(2, length));

/**
 * Standard deviation of a value about the mean of its segment, from the median step between neighbours, which a few
 * changes hardly move (normal noise). NaN with fewer than two values.
 */
export function neighbourNoise(values: readonly number[]): number {
  const steps = values.slice(1).map((value, i) => Math.abs(value - (values[i] as number)));
  return median(steps) / (NORMAL_QUARTILE * Math.SQRT2);
}

/** Share of all squared residuals that may come from sums that were rounded: no change wins less. */
const ROUNDING = 1e-9;
/** The median of |Z| of a standard normal Z. */
const NORMAL_QUARTILE = 0.6744897501960817;

interface Candidate {
  start: number;
  /** From this end on it can no longer be the last change. */
  leavesAt: number;
}

/** Squared residuals of values[start … end) about their mean, in constant time. Centred first, so that digits are kept. */
function residualsOf(values: readonly number[]): (start: number, end: number) => number {
  const [origin = 0] = values;
  const sums = [0];
  const squares = [0];
  for (const [i, value] of values.entries()) {
    sums.push((sums[i] as number) + (value - origin));
    squares.push((squares[i] as number) + (value - origin) ** 2);
  }
  return (start, end) => {
    const sum = (sums[end] as number) - (sums[start] as number);
    const square = (squares[end] as number) - (squares[start] as number);
    return Math.max(0, square - sum ** 2 / (end - start));
  };
}

function startsFrom(previous: readonly number[], length: number): number[] {
  const starts: number[] = [];
  for (let start = previous[length] ?? 0; start > 0; start = previous[start] as number) starts.unshift(start);
  return starts;
}
