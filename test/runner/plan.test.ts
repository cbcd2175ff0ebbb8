import { cpSync, mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Cell, Experiment } from '../../src/core/experiment.ts';
import { hashOf } from '../../src/core/ids.ts';
import { hasNativeBfloat16 } from '../../src/engine/precision.ts';
import { parseSpec } from '../../src/runner/experiment-schema.ts';
import { loadExperiment } from '../../src/runner/experiments.ts';
import { mergeConfig, patchFromSettings } from '../../src/runner/merge.ts';
import { type PlanRequest, planExperiment } from '../../src/runner/plan.ts';
import { useTemporaryCache } from '../data/made-up.ts';

const { cache } = useTemporaryCache();

const experiment = await loadExperiment('degradation-34');
const request: PlanRequest = { tier: 'quick', settings: [], execution: { threads: 1, device: 'cpu' } };

/** A folder of two pictures to train on and two to test on. */
async function fewImages(): Promise<string> {
  const folder = mkdtempSync(join(cache(), 'few-'));
  for (const [i, set] of ['train/a', 'train/b', 'test/a', 'test/b'].entries()) {
    mkdirSync(join(folder, set), { recursive: true });
    const pixels = { create: { width: 28, height: 28, channels: 3 as const, background: { r: i, g: 0, b: 0 } } };
    await sharp(pixels)
      .png()
      .toFile(join(folder, set, 'image.png'));
  }
  return folder;
}

describe('a plan', () => {
  test('has every arm × seed, each with an identity of its own', async () => {
    const plan = await planExperiment(experiment, request);
    expect(plan.arms.map(arm => arm.name)).toEqual(['plain-18', 'plain-34', 'residual-18', 'residual-34']);
    expect(plan.cells.length).toBe(4 * 5);
    expect(plan.seeds).toEqual([1, 2, 3, 4, 5]);
    expect((await planExperiment(experiment, { ...request, seeds: 3 })).cells.map(cell => cell.seed)).toEqual([
      ...[1, 2, 3, 1, 2, 3],
      ...[1, 2, 3, 1, 2, 3],
    ]);
    expect(new Set(plan.cells.map(cell => cell.identity)).size).toBe(20);
    expect(plan.cells[0]).toMatchObject({ arm: 'plain-18', seed: 1, levels: { kind: 'plain', depth: '18' } });
    expect(plan.arms[1]?.config).toMatchObject({ net: 'resnet-34', options: { shortcut: 'none', form: 'small' } });
  });

  test('an arm whose net cannot lose a unit, see at a scale, or be shown at a moment is one line', async () => {
    const evaluated = (evaluate: object) => {
      const base = { ...experiment.base, net: 'lenet-5', options: { form: 'small' } };
      const spec = { ...experiment, base, factors: { form: { only: { evaluate } } } };
      return expect(planExperiment(spec, { ...request, settings: ['steps=10'] })).rejects;
    };
    await evaluated({ lesions: 100 }).toThrow(
      'degradation-34, arm only: evaluate.lesions: lenet-5 has no unit that keeps its shape.',
    );
    await evaluated({ procedures: [{ kind: 'multi-scale', scales: [4] }] }).toThrow(/^degradation-34, arm only: /);
    await evaluated({ every: 10, procedures: [{ kind: 'snapshots', count: 3 }] }).toThrow(
      /^degradation-34, arm only: snapshots: expected at least 3 evaluations, got 1/,
    );
  });

  test('an unknown tier is answered with the known ones', async () => {
    await expect(planExperiment(experiment, { ...request, tier: 'fast' as 'quick' })).rejects.toThrow(
      /^unknown tier of degradation-34 "fast"\. .*Known: smoke, quick/,
    );
  });

  test('is the same each time, and another one when anything that decides is another', async () => {
    const identity = async (change: Partial<PlanRequest>) =>
      (await planExperiment(experiment, { ...request, ...change })).cells[0]?.identity;
    const same = await identity({});
    expect(await identity({})).toBe(same);
    expect(await identity({ settings: ['steps=601'] })).not.toBe(same);
    expect(await identity({ settings: ['options.stemStride=1'] })).not.toBe(same);
    expect(await identity({ execution: { threads: 2, device: 'cpu' } })).not.toBe(same);
    expect(await identity({ execution: { threads: 1, device: 'gpu' } })).not.toBe(same);
    expect(await identity({ seeds: 3 })).toBe(same); // a cell does not know how many others there are
  });

  test('a cell’s identity is the hash of all that decides its bits', async () => {
    const [cell] = (await planExperiment(experiment, request)).cells;
    const { config, seed, execution, codeHash: code, dataHash: data, startsFrom, identity } = cell as Cell;
    expect(identity).toBe(hashOf({ config, seed, execution, code, data, startsFrom }));
  });

  test('holds the precision that auto means on this machine, as if it had been named', async () => {
    const cellOf = async (precision: string, device: 'cpu' | 'gpu' = 'cpu') =>
      (
        await planExperiment(experiment, {
          ...request,
          settings: [`precision=${precision}`],
          execution: { threads: 1, device },
        })
      ).cells[0];
    const native = hasNativeBfloat16() ? 'bfloat16' : 'float32';
    expect(await cellOf('auto')).toEqual(await cellOf(native));
    expect((await cellOf('auto'))?.config.precision).toBe(native);
    expect(await cellOf('auto', 'gpu')).toEqual(await cellOf('float32', 'gpu'));
    const base = { ...experiment.base, precision: 'auto' as const };
    expect((await planExperiment({ ...experiment, base }, request)).cells[0]?.config.precision).toBe(native);
  });

  test('data is short for dataset', async () => {
    const cellOf = async (setting: string) =>
      (await planExperiment(experiment, { ...request, settings: [setting] })).cells[0];
    expect(await cellOf('data=mnist')).toEqual(await cellOf('dataset=mnist'));
  });

  test('hashes its spec with the claims, since they are what it was made to settle', async () => {
    const hash = async (changed: Experiment) => (await planExperiment(changed, request)).specHash;
    const moved = { ...experiment, claims: experiment.claims.map(claim => ({ ...claim, margin: claim.margin / 2 })) };
    expect(await hash(moved)).not.toBe(await hash(experiment));
    expect(await hash({ ...experiment, title: 'Another title' })).toBe(await hash(experiment));
  });

  test('a copy of a folder elsewhere gives the same cells; another content gives others', async () => {
    const here = await fewImages();
    const there = join(cache(), 'there');
    cpSync(here, there, { recursive: true });
    const settings = (folder: string) =>
      ['trainImages=all', 'batch=1', 'evaluate.images=all'].concat(`dataset=folder:${folder}`);
    const hashes = async (folder: string) => {
      const { specHash, cells } = await planExperiment(experiment, { ...request, settings: settings(folder) });
      return [specHash, cells[0]?.identity];
    };
    const before = await hashes(here);
    expect(await hashes(there)).toEqual(before);
    const other = join(cache(), 'other');
    cpSync(here, other, { recursive: true });
    cpSync(join(other, 'test/a/image.png'), join(other, 'test/a/again.png'));
    for (const [i, hash] of (await hashes(other)).entries()) expect(hash).not.toBe(before[i]);
  });

  test('of the tier that every experiment has is fitted to the images that there are; others are not', async () => {
    const few = [`dataset=folder:${await fewImages()}`, 'trainImages=all', 'batch=1'];
    const smoke = (...settings: string[]) => planExperiment(experiment, { ...request, tier: 'smoke', settings });
    const evaluated = async (...settings: string[]) => (await smoke(...settings)).arms[0]?.config.evaluate;
    expect(await evaluated()).toMatchObject({ images: 500, final: 500 });
    expect(await evaluated(...few)).toMatchObject({ images: 'all', final: 'all' });
    expect(await evaluated(...few, 'evaluate.images=1')).toMatchObject({ images: 1, final: 'all' });
    const most = 'evaluate.images: expected at most 2, the images there are, got';
    await expect(smoke(...few, 'evaluate.images=3')).rejects.toThrow(`${most} 3`);
    const settings = [...few, 'evaluate.images=500'];
    await expect(planExperiment(experiment, { ...request, settings })).rejects.toThrow(`${most} 500`);
  });

  test('of data that nobody can fetch is one line, before anything else is looked at, or a plan to look at', async () => {
    const settings = ['dataset=imagenet', 'input.shorterSide=36', 'input.size=32'];
    await expect(planExperiment(experiment, { ...request, settings })).rejects.toThrow(
      /^degradation-34, tier quick: expected ImageNet.*, which nobody can fetch for you/,
    );
    const { cells } = await planExperiment(experiment, { ...request, settings, withoutData: true });
    expect(cells.map(cell => cell.dataHash)).toEqual(cells.map(() => ''));
  });

  test('may ask for all the images there are', async () => {
    const settings = ['trainImages=60000', 'batch=60000', 'evaluate.images=10000', 'evaluate.final=10000'];
    const { cells } = await planExperiment(experiment, {
      ...request,
      settings: [...settings, 'evaluate.lesions=10000'],
    });
    expect(cells).toHaveLength(20);
  });

  test.each([
    [['trainImages=60001'], /trainImages: expected at most 60000, the images there are, got 60001/],
    [['batch=128', 'trainImages=100'], /batch: expected at most 100/],
    [['batch=60001', 'trainImages=all'], /batch: expected at most 60000, .*got 60001/],
    [['evaluate.images=10001'], /evaluate\.images: expected at most 10000, the images there are, got 10001/],
    [['evaluate.final=10001'], /^degradation-34, arm plain-18: evaluate\.final: expected at most 10000/],
    [['evaluate.lesions=10001'], /evaluate\.lesions: expected at most 10000/],
    [['input.size=40'], /^degradation-34, arm plain-18: input\.size: expected at most 28/],
    [['steps=0'], /arm plain-18: field steps: .*1/],
    [['precision=float16'], /field precision: .*"auto".*got "float16"/],
    [['steps=many'], /field steps: expected number, got "many"/],
    [['optimiser.momentum=1'], /field optimiser\.momentum/],
    [['net=resnt-18', 'options={}'], /plain-18/],
    [
      ['dataset=fashion-mnits'],
      /unknown dataset "fashion-mnits"\. Did you mean "fashion-mnist"\? Known: .*fashion-mnist, .*mnist/,
    ],
    [['options.shortcut=D'], /option shortcut: expected one of A, B, C, none, got "D"/],
    [['options.widths=16,0,4,4'], /option widths: expected whole numbers of at least 1/],
    [['steps'], /--set: expected key=value, got "steps"/],
    [['constructor=1'], /unknown setting "constructor"/],
  ])('refuses --set %j', async (settings, message) => {
    await expect(planExperiment(experiment, { ...request, settings })).rejects.toThrow(message);
  });
});

describe('merging', () => {
  const { base } = experiment;

  test('lists and variants are replaced whole, all else is merged', () => {
    const patch = patchFromSettings(
      ['options.widths=8,8', 'optimiser.schedule={"kind":"cosine"}', 'optimiser.rate=0.01'],
      base,
    );
    const merged = mergeConfig(base, patch);
    expect(merged.options).toEqual({ ...base.options, widths: [8, 8] });
    expect(merged.optimiser).toEqual({ ...base.optimiser, rate: 0.01, schedule: { kind: 'cosine' } });
  });

  test('an unknown key is refused with the nearest', () => {
    expect(() => patchFromSettings(['optimizer.rate=1'], base)).toThrow(
      /unknown setting "optimizer\.rate"\. Did you mean "optimiser\.rate"/,
    );
  });
});

describe('a spec that says too little or too much', () => {
  const broken = (change: object) => () => parseSpec({ ...experiment, ...change }, 'experiments/x.ts');

  test.each([
    [{ question: undefined }, /^experiments\/x\.ts: field question: missing\.$/],
    [{ seeds: 3 }, /field seeds: unknown field/],
    [{ base: { ...experiment.base, steps: '100' } }, /field base\.steps: expected number, got "100"/],
    [{ base: { ...experiment.base, batch: Number.NaN } }, /field base\.batch/],
    [{ claims: [] }, /field claims: expected at least one claim/],
    [{ claims: [{ ...experiment.claims[0], margin: -1 }] }, /field claims\.0\.margin: expected a margin of at least 0/],
    [{ tiers: { fast: experiment.tiers.quick } }, /field tiers\.fast/],
    [
      { factors: { a: { 'x-y': {}, x: {} }, b: { z: {}, 'y-z': {} } } },
      /field factors: expected levels that name each arm, got two arms "x-y-z"/,
    ],
    [{ choice: { factor: 'constructor', by: 'validation.loss' } }, /field choice\.factor: expected one of kind, depth/],
  ])('%j', (change, message) => {
    expect(broken(change)).toThrow(message);
  });

  test('no default export', () => {
    expect(() => parseSpec(undefined, 'experiments/x.ts')).toThrow(
      /experiments\/x\.ts: field \(the default export\): missing/,
    );
  });
});
