import { describe, expect, test } from 'vitest';
import type { Claim, Experiment } from '../../src/core/experiment.ts';
import { armsAtLevel, chooseArms } from '../../src/stats/choice.ts';
import { type Figure, type FiguresOfArms, judgeExperiment, parseCurveMetric } from '../../src/stats/index.ts';
import type { ExperimentOptions } from '../../src/stats/judge-experiment.ts';

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

const judged = (
  spec: Partial<Judged>,
  table: Record<string, readonly Figure[]>,
  more: Partial<ExperimentOptions> = {},
) => judgeExperiment({ claims: [claimOf()], factors: {}, ...spec }, figuresFrom(table), { ...options, ...more });

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
  const points = [[4, 3] as const, [8, 2] as const, [16, 1] as const];

  test('is the first step as good, on a scale; censored at the last step', () => {
    const figures = (metric: string) => parseCurveMetric(metric)?.of(points);
    expect(figures('steps-to:c<=2')).toBe(8);
    expect(figures('log2-steps-to:c<=2')).toBe(3);
    expect(figures('steps-to:c<=0.5')).toEqual({ above: 16 });
    expect(figures('log2-steps-to:c<=0.5')).toEqual({ above: 4 });
    expect(figures('steps-to:c>=2')).toBe(4);
    expect(figures('steps-to:c>=3')).toBe(4);
    expect(figures('steps-to:c>=3.5')).toEqual({ above: 16 });
    expect(figures('steps-to:c<=1e10')).toBe(4);
    expect(figures('steps-to:c>=-1.5e-3')).toBe(4);
    expect(parseCurveMetric('steps-to:test.top1<=2')).toMatchObject({ curve: 'test.top1' });
    expect(parseCurveMetric('steps-to:a<=b<=2')).toMatchObject({ curve: 'a<=b' });
    expect(parseCurveMetric('steps-to:c<=2')?.of([])).toBeNull();
  });

  test('is another metric under another name, and refused where it only looks like it', () => {
    for (const other of ['test.top1', 'x-steps-to:c<=2', 'steps-to']) expect(parseCurveMetric(other)).toBeNull();
    expect(() => parseCurveMetric('log2-steps-to:c')).toThrow(
      'metric "log2-steps-to:c": expected log2-steps-to:<curve><=<value> or >=, as in "log2-steps-to:test.top1<=0.2".',
    );
    for (const wrong of ['steps-to:c<=1.2.3', 'steps-to:c<=', 'steps-to:<=2', 'steps-to:c<=2x', 'steps-to:c=2'])
      expect(() => parseCurveMetric(wrong)).toThrow(/expected steps-to/);
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

describe('figures that are censored', () => {
  const same = [claimOf({ kind: 'equivalence' })];
  const outcomeOf = (a: Figure[], b: Figure[]) => judged({ claims: same }, { 'a m': a, 'b m': b })[0]?.outcome;

  test('bar "not the same" only where they would bring the arms together', () => {
    expect(outcomeOf([{ above: 9 }, 9, 9.1], [1, 1, 1])).toBe('refuted');
    expect(outcomeOf([9, 9, 9.1], [{ above: 1 }, 1, 1])).toBe('inconclusive');
    expect(outcomeOf([{ above: 1 }, 1, 1.1], [9, 9, 9])).toBe('inconclusive');
    expect(outcomeOf([1, 1, 1.1], [{ above: 9 }, 9, 9])).toBe('refuted');
  });

  test('are no reason where nothing was decided anyway', () => {
    const [verdict] = judged({}, { 'a m': [{ above: 0 }, 1, 2], 'b m': [0, 0, 0.5] });
    expect(verdict).toMatchObject({ outcome: 'inconclusive', because: 'the interval reaches over the margin' });
  });
});

describe('runs on machines of several types', () => {
  const table = { 'a m': [5, 5, 5], 'b m': [4, 4, 4], 'c m': [3, 3, 3] };
  const asked: string[][] = [];
  const mixedSeeds = (arms: readonly string[]): readonly number[] => {
    asked.push([...arms]);
    return arms.includes('c') ? [3, 1] : arms.includes('a') ? [2] : [];
  };

  test('are named by seed, in each claim and in their conjunction', () => {
    const claims = [
      claimOf({ contrast: { a: 1, 'b+b:m': -1 } }),
      claimOf({ id: 'c-over-b', contrast: { c: 1, b: -1 } }),
    ];
    const conjunction = { id: 'both', statement: 'both', parts: ['a-over-b', 'c-over-b'], published: '-' };
    const verdicts = judged({ claims, conjunction }, { ...table, 'b+b m': [4, 4, 4] }, { mixedSeeds });
    expect(verdicts.map(({ mixed }) => mixed)).toEqual([[1, 2, 3], [2], [1, 3]]);
    expect(asked.slice(0, 2)).toEqual([
      ['a', 'b'],
      ['c', 'b'],
    ]);
    expect(judged({ claims, conjunction }, table).map(verdict => 'mixed' in verdict)).toEqual([false, false, false]);
  });

  test('are those of the arms that were chosen', () => {
    const spec = { factors: { arm: { a: {}, b: {} }, rate: { low: {}, high: {} } } };
    const choice = { factor: 'rate', by: 'validation.loss' } as const;
    asked.length = 0;
    judged({ ...spec, choice }, { 'a-high validation.loss': [1, 1, 1] }, { mixedSeeds });
    expect(asked.at(-1)).toEqual(['a-high', 'b']);
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
    // What is seen does not depend on the order of the parts.
    const [turned] = judged(
      { claims, conjunction: { ...conjunction, parts: conjunction.parts.toReversed() } },
      { 'a m': a, 'b m': b, 'c m': c },
    );
    expect([turned?.outcome, turned?.effect]).toEqual([whole?.outcome, whole?.effect]);
  });

  test('names its parts by what became of them', () => {
    const table = { 'a m': [2, 2.1, 2.2], 'b m': b, 'c m': [0, 2, 0.4] };
    expect(judged({ claims, conjunction }, table)[0]).toMatchObject({
      because: 'c-over-b: undecided',
      sentence: 'Inconclusive: both hold. Of its parts confirmed: a-over-b; inconclusive: c-over-b.',
      claim: { published: '-', metric: 'm' },
    });
    const confirmed = judged({ claims, conjunction }, { ...table, 'c m': [3, 3.1, 3] })[0];
    expect(confirmed).toMatchObject({
      because: null,
      sentence: 'Confirmed: both hold. Of its parts confirmed: a-over-b, c-over-b.',
    });
  });

  test('a part that is refuted is the weakest, before one that is open; of equal ones the first', () => {
    const [refuted] = judged({ claims, conjunction }, { 'a m': [0, 0.1, 0], 'b m': b, 'c m': [0, 2, 0.4] });
    expect(refuted).toMatchObject({ outcome: 'refuted', claim: { contrast: { a: 1, b: -1 } } });
    const equal = { 'a m': [2, 2.1, 2.2], 'b m': b, 'c m': [2, 2.1, 2.2] };
    expect(judged({ claims, conjunction }, equal)[0]?.claim.contrast).toEqual({ a: 1, b: -1 });
  });

  test('the margin of each part is its own', () => {
    const own = [claimOf(), claimOf({ id: 'c-over-b', contrast: { c: 1, b: -1 }, margin: 2 })];
    const table = { 'a m': [1.4, 1.5, 1.6], 'b m': [0, 0, 0], 'c m': [2.4, 2.5, 2.6] };
    expect(judged({ claims: own, conjunction }, table)[0]?.effect).toBeCloseTo(2.5, 12);
  });

  test('the weakest part is the one with the fewest standard errors on its side; of an equivalence, within its margin', () => {
    // a: 1.6 over the margin, 0.29 wide; c: 0.9 over it, 0.05 wide.
    const noisy = { 'a m': [1.6, 2.1, 2.6], 'b m': [0, 0, 0], 'c m': [1.35, 1.4, 1.45] };
    expect(judged({ claims, conjunction }, noisy)[0]?.effect).toBeCloseTo(2.1, 12);
    const same = claims.map(one => ({ ...one, kind: 'equivalence' }) as Claim);
    const near = { 'a m': [0.1, 0.11, 0.12], 'b m': [0, 0, 0], 'c m': [-0.3, -0.31, -0.32] };
    expect(judged({ claims: same, conjunction }, near)[0]).toMatchObject({
      outcome: 'confirmed',
      effect: expect.closeTo(-0.31, 12),
    });
    const above = { ...near, 'c m': [0.3, 0.31, 0.32] };
    expect(judged({ claims: same, conjunction }, above)[0]?.effect).toBeCloseTo(0.31, 12);
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
    expect(verdict?.sentence).toMatch(
      / By validation\.loss: a-low, b-high\. With one rate for all: low confirmed, high refuted\.$/,
    );
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
    const [bare] = judged(spec, none);
    expect(Object.keys(bare?.chosen?.arms ?? {})).toEqual(['a']);
  });

  test('several arms that give together are none where one has no level', () => {
    const together = { ...spec, claims: [claimOf({ contrast: { a: 1, 'a+b': -1 } })] };
    const table = { 'a-low validation.loss': [1, 1, 1], 'a-low m': [5, 5, 5] };
    expect(judged(together, table)[0]).toMatchObject({ outcome: 'inconclusive', seeds: [] });
  });

  test('arms differ in the factor alone, however many others there are', () => {
    const factors = { arm: { a: {}, b: {} }, rate: { low: {}, high: {} }, norm: { none: {}, batch: {} } };
    const losses = (arm: string) => new Map([[1, arm === 'b-low-batch' ? 0 : arm.includes('high') ? 1 : 2]]);
    expect([...chooseArms({ factors }, 'rate', losses, [1])]).toEqual([
      ['a-none', 'a-high-none'],
      ['a-batch', 'a-high-batch'],
      ['b-none', 'b-high-none'],
      ['b-batch', 'b-low-batch'],
    ]);
    expect([...armsAtLevel({ factors }, 'rate', 'low')].map(([, arm]) => arm)).toEqual([
      ...['a-low-none', 'a-low-batch', 'b-low-none', 'b-low-batch'],
    ]);
    expect([...armsAtLevel({ factors }, 'rate', 'middle')]).toEqual([]);
  });
});
