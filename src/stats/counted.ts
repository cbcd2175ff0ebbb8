import type { CountedClaim } from '../core/counted-claim.ts';
import type { CountVerdict } from '../core/results.ts';

export function judgeCount(claim: CountedClaim, ours: number): CountVerdict {
  return { claim, outcome: doesHold(claim.holds, ours) ? 'confirmed' : 'refuted', ours };
}

function doesHold(holds: CountedClaim['holds'], ours: number): boolean {
  if ('below' in holds) return ours < holds.below;
  if ('above' in holds) return ours > holds.above;
  return Math.abs(ours / holds.near - 1) <= holds.within;
}
