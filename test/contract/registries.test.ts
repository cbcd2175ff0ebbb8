/** Every entry of every folder that is a registry obeys its interface. */
import { describe, expect, test } from 'vitest';
import type { CommandDefinition } from '../../src/cli/command.ts';
import { plannedArms } from '../../src/cli/run/planned-costs.ts';
import { claimedArms } from '../../src/core/arms.ts';
import { atTier } from '../../src/core/at-tier.ts';
import { type Experiment, TIERS, type Tier, type TierName } from '../../src/core/experiment.ts';
import { loadFolder } from '../../src/core/folder.ts';
import { netParameters, sizeOf } from '../../src/core/parameters.ts';
import { allDatasets } from '../../src/data/index.ts';
import { allNets, countNet, findNet } from '../../src/nets/index.ts';
import { allSpecs, isTrained } from '../../src/runner/experiments.ts';
import { planExperiment } from '../../src/runner/plan.ts';
import { validateClaim } from '../../src/stats/index.ts';

/** From 1957 to 2016; docs/claims.md says what became of each. */
const CLAIMS = [
  ...['degradation-34', 'degradation-thin', 'shortcut-abc', 'bottleneck', 'preactivation', 'relu-on-the-skip'],
  ...['highway', 'ensemble-view', 'depth-vs-width', 'lrn-alexnet', 'lrn-vgg', 'relu-sigmoid', 'dropout-fc'],
  ...['overlap-pool', 'max-vs-average-pool', 'augmentation', 'pca-noise', 'ten-crop', 'remove-a-conv', 'vgg-depth'],
  ...['one-by-one', 'stacked-3x3', 'init-from-a', 'scale-jitter', 'multi-scale-test', 'gap-vs-fc', 'mlpconv'],
  ...['inception-cost', 'auxiliary', 'model-ensemble', 'bn-steps', 'bn-vs-dropout', 'bn-lrn-l2-shuffle-distort'],
  ...['two-3x3-for-5x5', 'factorised-7', 'label-smoothing', 'inception-residual', 'fusion', 'inception-ratio'],
  ...['two-tower', 'perceptron-xor', 'shift-tolerance', 'deformation-tolerance', 'shared-residual', 'counted'],
];

/** A theorem, and a net for digits of 28 pixels whose small form is the paper's with its padding. */
const AS_SMALL_AS_PUBLISHED = ['perceptron-xor', 'shift-tolerance', 'deformation-tolerance'];

/** A gate's experiment, of no paper's claim. */
const WITHOUT_PAPER = ['few-images'];

const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;

describe('nets', async () => {
  test.each([...(await allNets()).values()])('$name', async net => {
    expect(net.name).toMatch(NAME);
    expect(net.year).toBeGreaterThanOrEqual(1957);
    expect(net.source).not.toBe('');
    const paper = await findNet(net.name);
    expect(paper.layers[0]?.op.kind).toBe('input');
    expect(paper.layers.at(-1)?.output).toEqual([net.paperInput.classes]);
    const names = netParameters(paper).map(parameter => parameter.name);
    expect(new Set(names).size).toBe(names.length);
    const learnt = netParameters(paper).filter(parameter => parameter.trained || parameter.selfOrganised);
    // A table of connections (LeNet-5) leaves values of a kernel unused.
    if (paper.layers.some(({ op }) => op.kind === 'conv' && op.connections)) return;
    expect(countNet(paper).parametersWithAuxiliary).toBe(learnt.reduce((sum, { shape }) => sum + sizeOf(shape), 0));
  });
});

/** These have a source beside their makers' addresses. The others are loaded where somebody has fetched them. */
const ALWAYS_AT_HAND = ['mnist', 'fashion-mnist'];

describe('datasets', async () => {
  test.each([...(await allDatasets()).values()])('$name', async dataset => {
    expect(dataset.name).toMatch(NAME);
    expect(dataset.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(dataset.classes.length).toBeGreaterThan(1);
    if (ALWAYS_AT_HAND.includes(dataset.name)) await dataset.fetch(() => {});
    else if (!(await dataset.check()).ready) return;
    expect(await dataset.check()).toMatchObject({ name: dataset.name, ready: true });
    const loaded = await dataset.load();
    expect(loaded).toMatchObject({ name: dataset.name, shape: dataset.shape, fingerprint: dataset.fingerprint });
    for (const [set, count] of [
      [loaded.train, dataset.trainCount],
      [loaded.test, dataset.testCount],
    ] as const) {
      expect(set.count).toBe(count);
      expect(set.labels.length).toBe(count);
      expect(set.image(count - 1).pixels.length).toBe(sizeOf(dataset.shape));
      expect(new Set(set.labels).size).toBe(dataset.classes.length);
    }
  });
});

/** Nothing is left of the small form that would make it another setting than the paper's. */
function expectPaperSetting(experiment: Experiment, tier: TierName): void {
  const { base } = atTier(experiment, experiment.tiers[tier] as Tier);
  if (AS_SMALL_AS_PUBLISHED.includes(experiment.id)) return;
  expect(base.options.form).toBe('paper');
  expect(['imagenet', 'cifar-10', 'mnist']).toContain(base.dataset);
}

describe('experiments', async () => {
  const specs = await allSpecs();

  test('every claim of the literature that the project is about has one', () => {
    expect(specs.map(({ id }) => id)).toEqual(expect.arrayContaining(CLAIMS));
  });

  describe.each(specs.filter(isTrained))('$id', experiment => {
    test('says why it was believed', () => expect(experiment.believed).toMatch(/\.$/));

    test('has the tiers that every experiment has', () => {
      const tiers = TIERS.filter(tier => experiment.tiers[tier]);
      const paper = WITHOUT_PAPER.includes(experiment.id) ? [] : (['full'] as const);
      expect(tiers).toEqual(expect.arrayContaining(['smoke', 'quick', 'long', ...paper]));
      expect(experiment.tiers.smoke?.decides).toBe(false);
    });

    test.each(TIERS.filter(tier => experiment.tiers[tier]))('can be planned at tier %s', async tier => {
      const execution = { threads: 1, device: 'cpu' } as const;
      const plan = await planExperiment(experiment, { tier, settings: [], execution, withoutData: true });
      const asked = atTier(experiment, experiment.tiers[tier] as Tier);
      for (const claim of asked.claims) validateClaim(claim, claimedArms(asked), experiment.id);
      expect(new Set(plan.cells.map(cell => cell.identity)).size).toBe(plan.cells.length);
      for (const arm of await plannedArms(plan.arms)) {
        expect(arm.images).toBe(arm.steps * arm.batch);
        expect(arm.memoryBytes).toBeGreaterThan(1e8);
      }
      if (tier === 'full') expectPaperSetting(experiment, tier);
    });
  });
});

describe('commands', async () => {
  test.each(
    (await loadFolder<CommandDefinition>(new URL('../../src/cli/commands/', import.meta.url))).map(
      entry => entry.value,
    ),
  )('$name', command => {
    expect(command.name).toMatch(NAME);
    expect(command.summary).toMatch(/^[a-z].*[^.]$/);
    expect(typeof command.run).toBe('function');
  });
});
