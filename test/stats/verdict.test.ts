import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Claim, ClaimKind } from '../../src/core/experiment.ts';
import { judgeClaim } from '../../src/stats/index.ts';

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

test('an interval that ends at the margin is within it, and not beyond it', () => {
  const at = (value: number, kind: ClaimKind) => judge([value, value, value], claimOf(kind)).outcome;
  expect([0.5, -0.5].map(value => at(value, 'equivalence'))).toEqual(['confirmed', 'confirmed']);
  expect([0.51, -0.51].map(value => at(value, 'equivalence'))).toEqual(['refuted', 'refuted']);
  expect([0.49, 0.5, 0.51].map(value => at(value, 'superiority'))).toEqual(['refuted', 'inconclusive', 'confirmed']);
});

describe('what decides nothing', () => {
  const clear = [5, 5.1, 4.9, 5.05, 4.95];

  test('a tier that is too short', () => {
    expect(judge(clear, claimOf(), { decides: false })).toMatchObject({
      outcome: 'inconclusive',
      because: expect.stringMatching(/^by design/),
    });
  });

  test('of a tier that is too short nobody says how many seeds would do', () => {
    const noisy = [0.1, 1.2, 0.4, 1.1, 0.5];
    expect(judge(noisy)).toMatchObject({ because: 'the interval reaches over the margin', seedsNeeded: 36 }); // 2.030 × 0.472 ∕ √36 is below 0.16, of 35 it is not
    expect(judge(noisy, claimOf(), { decides: false }).seedsNeeded).toBeNull();
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

  test.each([
    [
      'a part of the planned seeds',
      clear,
      6,
      'only 5 of 6 seeds have a figure in every arm: seed 6 of a has none, and 1 more',
    ],
    [
      'a figure that is NaN',
      [Number.NaN, ...clear],
      6,
      'only 5 of 6 seeds have a figure in every arm: seed 1 of a has NaN',
    ],
    [
      'an infinite one',
      [...clear, Infinity],
      6,
      'only 5 of 6 seeds have a figure in every arm: seed 6 of a has Infinity',
    ],
  ])('%s', (_, effects, planned, because) => {
    const verdict = judge(effects, claimOf(), { planned });
    expect(verdict).toMatchObject({ outcome: 'inconclusive', because, seedsNeeded: null });
    expect(verdict.sentence).toContain(because);
    expect([...verdict.effects].sort()).toEqual([...clear].sort());
  });

  test('an arm that diverged neither helps nor harms, though both arms are infinite', () => {
    const infinite = new Map([1, 2, 3].map(seed => [seed, Number.POSITIVE_INFINITY]));
    const values = new Map(['a', 'b'].map(arm => [arm, infinite]));
    expect(judgeClaim(claimOf(), values, { decides: true, plannedSeeds: [1, 2, 3] })).toMatchObject({
      outcome: 'inconclusive',
      seeds: [],
    });
  });

  test('equal effects at the margin: no number of seeds would do', () => {
    expect(judge([0.5, 0.5, 0.5, 0.5, 0.5])).toMatchObject({
      outcome: 'inconclusive',
      interval: [0.5, 0.5],
      seedsNeeded: null,
    });
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

test('the sentence says why nothing was decided, and has no figures where there are none', () => {
  expect(judge([5]).sentence).toBe(
    'Inconclusive (1 seed decides nothing): a is above b. Effect 5.0 nats, margin 0.50 nats, 1 seed.',
  );
  expect(judge([], claimOf(), { planned: 3 }).sentence).toMatch(/: a is above b\.$/);
  expect(judge([0.1, 0.2, 0.15, 0.1, 0.2]).sentence).toMatch(/^Refuted: a is above b\. Effect 0\.15 nats/);
});

test('the order of seeds does not matter, nor the unit of effects and margin', () => {
  const effects = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 3, maxLength: 8 });
  fc.assert(
    fc.property(effects, fc.constantFrom<ClaimKind>('superiority', 'equivalence'), (of, kind) => {
      const { outcome, seedsNeeded } = judge(of, claimOf(kind));
      expect(judge([...of].reverse(), claimOf(kind)).outcome).toBe(outcome);
      const scaled = judge(
        of.map(effect => 8 * effect),
        claimOf(kind, 4),
      );
      expect([scaled.outcome, scaled.seedsNeeded]).toEqual([outcome, seedsNeeded]);
    }),
  );
});

test('a wider margin confirms no superiority that a narrower one does not, and refutes no equivalence', () => {
  const effects = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 3, maxLength: 8 });
  fc.assert(
    fc.property(effects, of => {
      if (judge(of, claimOf('superiority', 0.6)).outcome === 'confirmed') expect(judge(of).outcome).toBe('confirmed');
      if (judge(of, claimOf('equivalence', 0.6)).outcome === 'refuted')
        expect(judge(of, claimOf('equivalence')).outcome).toBe('refuted');
    }),
  );
});

test('the sentence of an equivalence has a margin to both sides, and a level is not rounded', () => {
  const claim = claimOf('equivalence');
  const arm = (values: number[]) => new Map(values.map((value, i) => [i + 1, value]));
  const values = new Map([
    ['a', arm([0.1, 0.2, 0.3])],
    ['b', arm([0, 0, 0])],
  ]);
  const { sentence } = judgeClaim(claim, values, { decides: true, plannedSeeds: [1, 2, 3], level: 0.975 });
  // 6.205 is Student's t of 2 degrees of freedom for 0.975, and 6.205 × 0.1/√3 is 0.358.
  expect(sentence).toContain('Effect 0.20 nats, 97.5 % interval −0.16 to 0.56, margin ±0.50 nats, 3 seeds.');
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

test('data turned around leave an equivalence as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 3, maxLength: 8 }), effects => {
      const turned = effects.map(effect => -effect);
      expect(judge(turned, claimOf('equivalence')).outcome).toBe(judge(effects, claimOf('equivalence')).outcome);
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

describe('seeds whose runs had machines of several types', () => {
  const arm = (values: number[]) => new Map(values.map((value, i) => [i + 1, value]));
  const values = new Map([
    ['a', arm([2, 2.1, 1.9, 2])],
    ['b', arm([0, 0, 0, 0])],
  ]);
  const judgeMixed = (metric: string, mixed: readonly number[]) =>
    judgeClaim({ ...claimOf(), metric }, values, { decides: true, plannedSeeds: [1, 2, 3, 4], mixed });

  test('are named, and count, where the figure is none of the machine', () => {
    const one = judgeMixed('test.top1', [3]);
    expect(one).toMatchObject({ outcome: 'confirmed', mixed: [3], seeds: [1, 2, 3, 4] });
    expect(one.sentence).toMatch(/4 seeds\. Of seed 3 the runs had machines of several types\.$/);
    expect(judgeMixed('test.top1', [4, 2]).sentence).toContain(' Of seeds 2, 4 the runs had');
    const none = judgeMixed('test.top1', [9]);
    expect('mixed' in none).toBe(false);
    expect(none.sentence).toMatch(/4 seeds\.$/);
  });

  test('are no pairs of a speed: nothing is decided without them', () => {
    expect(judgeMixed('imagesPerSecond', [2, 3])).toMatchObject({
      outcome: 'inconclusive',
      because: 'seeds 2, 3 had machines of several types, and speed is compared within one type',
      seeds: [1, 4],
      effects: [2, 2],
      mixed: [2, 3],
    });
    expect(judgeMixed('imagesPerSecond', [])).toMatchObject({ outcome: 'confirmed', seeds: [1, 2, 3, 4] });
    const inTerm = { ...claimOf(), contrast: { 'a:stepMs': 1, b: -1 } };
    const termValues = new Map([...values, ['a:stepMs', arm([2, 2, 2])]]);
    const options = { decides: true, plannedSeeds: [1, 2, 3], mixed: [1] };
    expect(judgeClaim(inTerm, termValues, options).seeds).toEqual([2, 3]);
  });
});
