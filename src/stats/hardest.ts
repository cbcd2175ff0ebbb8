import type { Predictions } from '../core/predictions.ts';
import { mean } from './summary.ts';

/** The `count` images, hardest first, of whose label the nets have the greatest mean loss; equal ones by index. Same test set each. */
export function hardestImages(members: readonly Predictions[], count: number): number[] {
  const losses = Array.from(members[0]?.losses ?? [], (_, i) => mean(members.map(one => one.losses[i] as number)));
  const byLoss = [...losses.keys()].sort((a, b) => (losses[b] as number) - (losses[a] as number));
  return byLoss.slice(0, count);
}
