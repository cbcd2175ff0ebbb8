import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Claim, ClaimKind } from '../../src/core/experiment.ts';
import { judgeClaim, validateClaim } from '../../src/stats/index.ts';

const claimOf = (kind: ClaimKind = 'superiority', margin = 0.5): Claim => ({
  id: 'a-over-b',
  kind,
  statement: 'a is above b',
  metric: 'test.top1',
  unit: 'nats',
  contrast: { a: 1, b: -1 },
  margin,
  published: 'nowhere',
});

/** Arm a has these values, arm b zeros. */
function judge(effects: readonly number[], claim = claimOf(), { decides = true, planned = effects.length } = {}) {
  const seeds = Array.from({ length: planned }, (_, i) => i + 1);
  const a = new Map(effects.map((effect, i) => [i + 1, effect]));
  const b = new Map(effects.map((_, i) => [i + 1, 0]));
  return judgeClaim(
    claim,
    new Map([
      ['a', a],
      ['b', b],
    ]),
    { decides, plannedSeeds: seeds },
  );
}

describe('superiority', () => {
  test.each([
    [[1, 1.1, 0.9, 1.05, 0.95], 'confirmed'],
    [[0.1, 0.2, 0.15, 0.1, 0.2], 'refuted'],
    [[0.1, 0.9, 0.4, 0.8, 0.3], 'inconclusive'],
  ] as const)('%j is %s', (effects, outcome) => {
    expect(judge(effects).outcome).toBe(outcome);
  });
});

describe('equivalence', () => {
  test.each([
    [[0.1, -0.1, 0.05, 0, -0.05], 'confirmed'],
    [[1, 1.1, 0.9, 1.05, 0.95], 'refuted'],
    [[-1, -1.1, -0.9, -1.05, -0.95], 'refuted'],
    [[0.1, 0.9, 0.4, 0.8, 0.3], 'inconclusive'],
  ] as const)('%j is %s', (effects, outcome) => {
    expect(judge(effects, claimOf('equivalence')).outcome).toBe(outcome);
  });
});

describe('what decides nothing', () => {
  const clear = [5, 5.1, 4.9, 5.05, 4.95];

  test('a tier that is too short', () => {
    expect(judge(clear, claimOf(), { decides: false })).toMatchObject({
      outcome: 'inconclusive',
      because: expect.stringMatching(/^by design/),
    });
  });

  test('two seeds, one seed, none', () => {
    expect(judge([5, 5.1])).toMatchObject({ outcome: 'inconclusive', because: '2 seeds decide nothing' });
    expect(judge([5])).toMatchObject({ outcome: 'inconclusive', because: '1 seed decides nothing', interval: null });
    expect(judge([], claimOf(), { planned: 5 })).toMatchObject({
      outcome: 'inconclusive',
      effect: Number.NaN,
      permutationP: null,
    });
  });

  test('a part of the planned seeds, or a figure that is not finite', () => {
    expect(judge(clear, claimOf(), { planned: 6 }).because).toBe('only 5 of 6 seeds have a figure in every arm');
    expect(judge([...clear, Number.NaN]).because).toBe('only 5 of 6 seeds have a figure in every arm');
    expect(judge([...clear, Number.POSITIVE_INFINITY]).outcome).toBe('inconclusive');
  });

  test('says how many seeds would', () => {
    const verdict = judge([0.1, 1.2, 0.4, 1.1, 0.5]);
    expect(verdict.outcome).toBe('inconclusive');
    expect(verdict.seedsNeeded).toBeGreaterThan(5);
    expect(verdict.sentence).toContain(`About ${verdict.seedsNeeded} seeds would decide it.`);
  });
});

test('the sentence names effect, interval, margin and seeds, in the unit of the claim', () => {
  const verdict = judge([0.03, 0.034, 0.032, 0.033, 0.031], { ...claimOf('superiority', 0.005), unit: 'pp' });
  expect(verdict.sentence).toBe(
    'Confirmed: a is above b. Effect 3.20 pp, 95 % interval 3.00 to 3.40, margin 0.50 pp, 5 seeds.',
  );
});

test('data turned around confirm where they refuted', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 3, maxLength: 8 }), effects => {
      const claim = claimOf('superiority', 0);
      const turned = judge(
        effects.map(effect => -effect),
        claim,
      ).outcome;
      const expected = { confirmed: 'refuted', refuted: 'confirmed', inconclusive: 'inconclusive' }[
        judge(effects, claim).outcome
      ];
      expect(turned).toBe(expected);
    }),
  );
});

test('an interaction is a contrast of four arms', () => {
  const arm = (values: number[]) => new Map(values.map((value, i) => [i + 1, value]));
  const values = new Map([
    ['p34', arm([3, 3.1, 3.2])],
    ['p18', arm([1, 1, 1])],
    ['r34', arm([1, 1, 1])],
    ['r18', arm([1.5, 1.5, 1.5])],
  ]);
  const claim = { ...claimOf('interaction', 1), contrast: { p34: 1, p18: -1, r34: -1, r18: 1 } };
  const verdict = judgeClaim(claim, values, { decides: true, plannedSeeds: [1, 2, 3] });
  expect(verdict.effects.map(effect => effect.toFixed(3))).toEqual(['2.500', '2.600', '2.700']);
  expect(verdict.outcome).toBe('confirmed');
});

describe('a claim that cannot be judged', () => {
  test.each([
    [{ a: 1, c: -1 }, /field contrast: expected arms among a, b, got "c"/],
    [{ a: 1, b: 1 }, /expected weights that sum to 0, got 2/],
    [{ a: 1 }, /expected at least two arms/],
  ])('%j', (contrast, message) => {
    expect(() => validateClaim({ ...claimOf(), contrast }, ['a', 'b'], 'experiments/x.ts')).toThrow(message);
  });
});
