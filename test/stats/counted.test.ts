import { expect, test } from 'vitest';
import type { CountedClaim } from '../../src/core/counted-claim.ts';
import { judgeCount } from '../../src/stats/index.ts';

test.each([
  [{ below: 5 }, 4.9, 'confirmed'],
  [{ below: 5 }, 5, 'refuted'],
  [{ above: 5 }, 5.1, 'confirmed'],
  [{ above: 5 }, 5, 'refuted'],
  [{ near: 100, within: 0.25 }, 125, 'confirmed'],
  [{ near: 100, within: 0.25 }, 75, 'confirmed'],
  [{ near: 100, within: 0.25 }, 126, 'refuted'],
  [{ near: 100, within: 0.25 }, 74, 'refuted'],
] as [CountedClaim['holds'], number, string][])('%j of %d is %s', (holds, ours, outcome) => {
  const claim = { id: 'counted', holds } as CountedClaim;
  expect(judgeCount(claim, ours)).toEqual({ claim, outcome, ours });
});
