/**
 * Wilcoxon's signed-rank statistic (1945), exact: the sum of the ranks of |value| where the value is positive, and all
 * 2^k ways to sign the ranks counted. Zeros are left out, as Wilcoxon did; ties share their mean rank.
 */

/** Two-sided exact p against a distribution that is symmetric about 0. Null if no value differs from 0. */
export function signedRankP(values: readonly number[]): number | null {
  if (values.some(value => Number.isNaN(value))) return Number.NaN;
  const kept = values.filter(value => value !== 0);
  if (kept.length === 0) return null;
  const ranks = doubledRanks(kept.map(Math.abs));
  const seen = ranks.reduce((sum, rank, i) => sum + ((kept[i] as number) > 0 ? rank : 0), 0);
  const shares = sumDistribution(ranks);
  return Math.min(1, 2 * Math.min(total(shares.subarray(0, seen + 1)), total(shares.subarray(seen))));
}

/** P(sum ≤ at) of `k` untied ranks. */
export function signedRankCdf(at: number, k: number): number {
  const ranks = Array.from({ length: k }, (_, i) => i + 1);
  return total(sumDistribution(ranks).subarray(0, at + 1));
}

/** Twice the mean rank, so that a tie of two is whole too. */
function doubledRanks(sizes: readonly number[]): number[] {
  return sizes.map(size => {
    const below = sizes.filter(other => other < size).length;
    return 2 * below + sizes.filter(other => other === size).length + 1;
  });
}

/** Share of the sign patterns for each sum of whole ranks from 0 up. */
function sumDistribution(ranks: readonly number[]): Float64Array {
  const most = ranks.reduce((sum, rank) => sum + rank, 0);
  const shares = new Float64Array(most + 1);
  shares[0] = 1;
  for (const rank of ranks) {
    for (let sum = most; sum >= 0; sum--) {
      const before = sum < rank ? 0 : (shares[sum - rank] as number);
      shares[sum] = ((shares[sum] as number) + before) / 2;
    }
  }
  return shares;
}

const total = (shares: Float64Array): number => shares.reduce((sum, share) => sum + share, 0);
