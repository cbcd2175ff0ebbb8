/** What holds of every plan, whatever its factors are. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { armsOf } from '../../src/core/arms.ts';
import type { CellConfig, ConfigPatch } from '../../src/core/cell-config.ts';
import type { Experiment } from '../../src/core/experiment.ts';
import { loadExperiment } from '../../src/runner/experiments.ts';
import { type PlanRequest, planExperiment } from '../../src/runner/plan.ts';
import { useTemporaryCache } from '../data/made-up.ts';

useTemporaryCache();

const published = await loadExperiment('degradation-34');
const base = { ...published.base, net: 'lenet-5', options: { form: 'small' }, trainImages: 1000 };

/** Factors, each of a field of its own: how a level sets it, and what a cell then has. */
const FIELDS: Record<string, { patch: (value: number) => ConfigPatch; seen: (config: CellConfig) => number }> = {
  length: { patch: steps => ({ steps }), seen: config => config.steps },
  rate: { patch: rate => ({ optimiser: { rate } }), seen: config => config.optimiser.rate },
  size: { patch: batch => ({ batch }), seen: config => config.batch },
};

type Levels = Record<string, readonly number[]>;

const levels: fc.Arbitrary<Levels> = fc
  .shuffledSubarray(Object.keys(FIELDS), { minLength: 1 })
  .chain(names => fc.record(Object.fromEntries(names.map(name => [name, values]))));
const values = fc.uniqueArray(fc.integer({ min: 20, max: 60 }), { minLength: 1, maxLength: 2 });
const seeds = fc.integer({ min: 1, max: 4 });

function experimentOf(of: Levels): Experiment {
  const factors = Object.entries(of).map(([factor, chosen]) => {
    const patches = chosen.map(value => [`l${value}`, FIELDS[factor]?.patch(value)]);
    return [factor, Object.fromEntries(patches)];
  });
  return { ...published, base, factors: Object.fromEntries(factors) };
}

const planOf = (of: Levels, change: Partial<PlanRequest> = {}) =>
  planExperiment(experimentOf(of), {
    tier: 'quick',
    settings: [],
    execution: { threads: 1, device: 'cpu' },
    ...change,
  });

const OPTIONS = { numRuns: 8 };

test('has each combination of levels with each seed once, in the order of both, under a name and an identity of its own', async () => {
  await fc.assert(
    fc.asyncProperty(levels, seeds, async (of, count) => {
      const { arms, cells } = await planOf(of, { seeds: count });
      const named = armsOf(experimentOf(of));
      expect(arms.map(({ name, levels }) => ({ name, levels }))).toEqual(named);
      expect(arms.length).toBe(Object.values(of).reduce((product, { length }) => product * length, 1));
      expect(cells.map(({ arm, seed }) => [arm, seed])).toEqual(
        named.flatMap(({ name }) => Array.from({ length: count }, (_, i) => [name, i + 1])),
      );
      expect(new Set(cells.map(({ identity }) => identity)).size).toBe(cells.length);
    }),
    OPTIONS,
  );
});

test('a cell has what its levels say; what is set by hand is stronger', async () => {
  await fc.assert(
    fc.asyncProperty(levels, fc.integer({ min: 61, max: 99 }), async (of, steps) => {
      const { cells } = await planOf(of, { seeds: 1 });
      for (const { config, levels } of cells)
        for (const [factor, level] of Object.entries(levels)) expect(`l${FIELDS[factor]?.seen(config)}`).toBe(level);
      const { cells: set } = await planOf(of, { seeds: 1, settings: [`steps=${steps}`] });
      expect(set.map(({ config }) => config)).toEqual(cells.map(({ config }) => ({ ...config, steps })));
    }),
    OPTIONS,
  );
});

test('an identity knows neither the names of levels nor the order of factors, nor how many other cells there are', async () => {
  await fc.assert(
    fc.asyncProperty(levels, seeds, async (of, count) => {
      const identities = async (other: Levels, change: Partial<PlanRequest> = {}) =>
        (await planOf(other, { seeds: count, ...change })).cells.map(({ identity }) => identity);
      const whole = await identities(of);
      const turned = Object.fromEntries(Object.entries(of).toReversed());
      expect((await identities(turned)).toSorted()).toEqual(whole.toSorted());
      const [first] = Object.entries(of).map(([factor, [value = 0]]) => ({ ...of, [factor]: [value] }));
      for (const identity of await identities(first ?? of)) expect(whole).toContain(identity);
      const more = await identities(of, { seeds: count + 1 });
      for (const identity of whole) expect(more).toContain(identity);
    }),
    OPTIONS,
  );
});

test('settings of different fields know no order; of one field the last holds', async () => {
  const settings = fc.shuffledSubarray(['steps=31', 'batch=32', 'optimiser.rate=0.33', 'lastSteps=4'], {
    minLength: 2,
  });
  await fc.assert(
    fc.asyncProperty(settings, async given => {
      const of = { length: [20, 30] };
      const plan = await planOf(of, { settings: given });
      expect(await planOf(of, { settings: given.toSorted() })).toEqual(plan);
      expect(await planOf(of, { settings: [...given.map(one => one.replace(/=.*/, '=7')), ...given] })).toEqual(plan);
    }),
    OPTIONS,
  );
});
