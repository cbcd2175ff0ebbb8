import { expect, test } from 'vitest';
import type { CountedClaim, NetCount } from '../../src/core/counted-claim.ts';
import { countForClaim } from '../../src/nets/index.ts';
import { judgeCount } from '../../src/stats/index.ts';

const claimOf = (count: Partial<NetCount>, over?: Partial<NetCount>): CountedClaim => ({
  id: 'c',
  statement: 's',
  count: { net: 'alexnet', count: 'parameters', ...count },
  ...(over && { over: { net: 'alexnet', count: 'parameters', ...over } }),
  unit: '',
  holds: { below: 1 },
  published: '-',
});

test.each([
  [claimOf({}), 60_965_224],
  [claimOf({ count: 'macs' }), 724_406_816],
  // Table 1 of Simonyan & Zisserman: 4096 × 1000 and as many biases as classes.
  [claimOf({ net: 'vgg-d', layers: 'fc8' }), 4_097_000],
  [claimOf({ layers: ['conv1', 'conv2'], count: 'filters' }), 96 + 256],
  [claimOf({ layers: 'conv*', count: 'filters', take: 'largest' }), 384],
  [claimOf({ layers: 'conv' }, { layers: 'conv' }), 1],
])('%j', async (claim, expected) => {
  expect(await countForClaim(claim)).toBe(expected);
});

test('three 3×3 layers have 27/49 of the weights of a 7×7, their biases apart', async () => {
  const three = { net: 'vgg-d', layers: 'conv5_*' };
  const ours = await countForClaim(claimOf(three, { ...three, options: { kernel: '7x7' } }));
  expect(ours).toBeCloseTo(27 / 49, 3);
});

test('a layer that is not there is one line', async () => {
  await expect(countForClaim(claimOf({ layers: 'fc9' }))).rejects.toThrow(/count of alexnet: layers: .* got "fc9"\.$/);
});

test.each([
  [{ below: 2 }, 1.9, 'confirmed'],
  [{ below: 2 }, 2, 'refuted'],
  [{ above: 2 }, 2.1, 'confirmed'],
  [{ near: 10, within: 0.05 }, 10.4, 'confirmed'],
  [{ near: 10, within: 0.05 }, 9.4, 'refuted'],
] as [CountedClaim['holds'], number, string][])('%j of %d is %s', (holds, ours, outcome) => {
  expect(judgeCount({ ...claimOf({}), holds }, ours).outcome).toBe(outcome);
});
