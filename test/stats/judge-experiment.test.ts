import { describe, expect, test } from 'vitest';
import type { Claim, Experiment } from '../../src/core/experiment.ts';
import { type Figure, type FiguresOfArms, judgeExperiment, parseStepsTo, stepsTo } from '../../src/stats/index.ts';

const claimOf = (change: Partial<Claim> = {}): Claim => ({
  id: 'a-over-b',
  kind: 'superiority',
  statement: 'a is above b',
  metric: 'm',
  unit: 'x',
  contrast: { a: 1, b: -1 },
  margin: 0.5,
  published: '-',
  ...change,
});

type Judged = Pick<Experiment, 'claims' | 'conjunction' | 'choice' | 'factors'>;
const SEEDS = [1, 2, 3];
const options = { decides: true, plannedSeeds: SEEDS };

/** "arm metric" → a figure a seed. */
function figuresFrom(table: Record<string, readonly Figure[]>): FiguresOfArms {
  return (arms, metric) => new Map((table[`${arms.join('+')} ${metric}`] ?? []).map((figure, i) => [i + 1, figure]));
}

const judged = (spec: Partial<Judged>, table: Record<string, readonly Figure[]>) =>
  judgeExperiment({ claims: [claimOf()], factors: {}, ...spec }, figuresFrom(table), options);

test('a term may be another figure of an arm, and what several arms give together', () => {
  const own = claimOf({ contrast: { a: 1, 'a:n': -1 } });
  const together = claimOf({ id: 'together', contrast: { a: 1, 'a+b': -1 } });
  const verdicts = judged({ claims: [own, together] }, { 'a m': [5, 5, 5], 'a n': [4, 4, 4], 'a+b m': [3, 3, 3] });
  expect(verdicts.map(({ effect, outcome }) => [effect, outcome])).toEqual([
    [1, 'confirmed'],
    [2, 'confirmed'],
  ]);
});

describe('steps to a value', () => {
  const toTwo = { curve: 'c', comparison: '<=', value: 2 } as const;

  test('is the first step as good, on a scale; censored at the last step', () => {
    expect(parseStepsTo('steps-to:c<=2')).toEqual({ ...toTwo, scale: 'linear' });
    expect(parseStepsTo('log2-steps-to:c<=2')).toEqual({ ...toTwo, scale: 'log2' });
    expect(parseStepsTo('test.top1')).toBeNull();
    expect(() => parseStepsTo('log2-steps-to:c')).toThrow('expected steps-to:<curve><=<value>');
    const points = [[4, 3] as const, [8, 2] as const, [16, 1] as const];
    expect(stepsTo({ ...toTwo, scale: 'log2' }, points)).toBe(3);
    expect(stepsTo({ ...toTwo, scale: 'linear', value: 0.5 }, points)).toEqual({ above: 16 });
    expect(stepsTo({ ...toTwo, scale: 'linear' }, [])).toBeNull();
  });

  test.each([
    // The slow arm never came there: the effect is at least this.
    [[{ above: 9 }, 9, 9.2], [1, 1.1, 1], 'confirmed'],
    // The fast arm never did: it may be slower than it seems.
    [[9, 9, 9.2], [{ above: 1 }, 1.1, 1], 'inconclusive'],
    // Refuted, but the slow arm may be slower than it seems.
    [[1, { above: 1 }, 1.1], [9, 9, 9], 'inconclusive'],
    [[1, 1, 1.1], [9, { above: 9 }, 9], 'refuted'],
  ] as [Figure[], Figure[], string][])('%j against %j is %s', (slow, fast, outcome) => {
    expect(judged({}, { 'a m': slow, 'b m': fast })[0]?.outcome).toBe(outcome);
  });

  test('whatever is censored bars "about the same"', () => {
    const same = claimOf({ kind: 'equivalence' });
    const [verdict] = judged({ claims: [same] }, { 'a m': [{ above: 9 }, 9, 9], 'b m': [9, 9, 9] });
    expect(verdict).toMatchObject({ outcome: 'inconclusive', because: expect.stringMatching(/1 of 6 figures never/) });
  });
});

describe('a conjunction', () => {
  const conjunction = { id: 'both', statement: 'both hold', parts: ['a-over-b', 'c-over-b'], published: '-' };
  const claims = [claimOf(), claimOf({ id: 'c-over-b', contrast: { c: 1, b: -1 } })];
  const b = [0, 0.1, 0];

  test.each([
    [[2, 2.1, 2.2], [3, 3.1, 3], 'confirmed'],
    [[2, 2.1, 2.2], [0, 0.1, 0], 'refuted'],
    [[2, 2.1, 2.2], [0, 2, 0.4], 'inconclusive'],
    [[0, 0.1, 0], [0, 2, 0.4], 'refuted'],
  ])('of %j and %j is %s, its figures the weaker part’s', (a, c, outcome) => {
    const [whole, ...parts] = judged({ claims, conjunction }, { 'a m': a, 'b m': b, 'c m': c });
    expect(whole).toMatchObject({ kind: 'conjunction', outcome, claim: { id: 'both', statement: 'both hold' } });
    const weakest = parts.toSorted((x, y) => x.effect - y.effect)[0];
    if (outcome !== 'refuted') expect(whole?.effect).toBe(weakest?.effect);
    expect(whole?.sentence).toContain('both hold');
  });
});

describe('a level that each arm takes for itself', () => {
  const spec = {
    factors: { arm: { a: {}, b: {} }, rate: { low: {}, high: {} } },
    choice: { factor: 'rate', by: 'validation.loss' },
  } as const;
  const table = {
    'a-low validation.loss': [1, 1, 1],
    'a-high validation.loss': [2, 2, 2],
    'b-low validation.loss': [2, 2, 2],
    'b-high validation.loss': [1, 1.2, 1.1],
    'a-low m': [5, 5, 5],
    'a-high m': [0, 0, 0],
    'b-low m': [0, 0, 0],
    'b-high m': [4, 4, 4],
  };

  test('is that of the least mean on held-out images; what holds at each level stands beside it', () => {
    const [verdict] = judged(spec, table);
    expect(verdict).toMatchObject({ effect: 1, outcome: 'confirmed' });
    expect(verdict?.chosen?.arms).toEqual({ a: 'a-low', b: 'b-high' });
    expect(verdict?.chosen?.atLevel.map(({ level, effect, outcome }) => [level, effect, outcome])).toEqual([
      ['low', 5, 'confirmed'],
      ['high', -4, 'refuted'],
    ]);
  });

  test('a level that diverged is not taken; an arm without any has no figures', () => {
    const [other] = judged(spec, { ...table, 'b-high validation.loss': [0, Number.NaN, 0] });
    expect(other?.chosen?.arms).toEqual({ a: 'a-low', b: 'b-low' });
    const none = { ...table, 'b-high validation.loss': [], 'b-low validation.loss': [] };
    expect(judged(spec, none)[0]).toMatchObject({ outcome: 'inconclusive', chosen: { arms: { a: 'a-low' } } });
  });
});
