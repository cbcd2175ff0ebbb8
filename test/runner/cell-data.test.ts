/** What a cell is trained and evaluated on: the parts of a real dataset, and the plan that leads there. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_INPUT } from '../../src/core/input.ts';
import { loadCellData } from '../../src/runner/cell-data.ts';
import { loadExperiment } from '../../src/runner/experiments.ts';
import { planExperiment } from '../../src/runner/plan.ts';

const experiment = await loadExperiment('degradation-34');

const plan = (...settings: string[]) =>
  planExperiment(experiment, { tier: 'quick', settings, execution: { threads: 1, device: 'cpu' } });

async function configOf(...settings: string[]) {
  const config = (await plan(...settings)).cells[0]?.config;
  if (config === undefined) throw new Error('a plan without cells');
  return config;
}

describe('the plan', () => {
  test('fills in the input that runs had before there was a choice', async () => {
    expect((await configOf()).input).toEqual(DEFAULT_INPUT);
  });

  test("fills in an augmentation's constants, and each is part of the identity", async () => {
    const augmented = await plan('input.augment=[{"kind":"pad-crop"},{"kind":"flip"}]');
    expect(augmented.arms[0]?.config.input.augment).toEqual([{ kind: 'pad-crop', pad: 4 }, { kind: 'flip' }]);
    const explicit = await plan('input.augment=[{"kind":"pad-crop","pad":4},{"kind":"flip"}]');
    expect(explicit.cells[0]?.identity).toBe(augmented.cells[0]?.identity);
    const wider = await plan('input.augment=[{"kind":"pad-crop","pad":5},{"kind":"flip"}]');
    expect(wider.cells[0]?.identity).not.toBe(augmented.cells[0]?.identity);
  });

  test.each([
    ['input.size=40', "input.size: expected at most 28, the shorter side of fashion-mnist's pictures, got 40"],
    ['input.augment=[{"kind":"colour-noise"}]', 'input.augment.0: expected pictures of 3 channels'],
    ['input.augment=[{"kind":"flip","pad":4}]', 'field input.augment.0.pad: unknown field'],
    ['input.augment=[{"kind":"area-crop","area":[1,0.5]}]', 'field input.augment.0.area: expected [from, to]'],
    ['input.validationShare=1', 'field input.validationShare: expected <1, got 1'],
  ])('refuses %s', async (setting, message) => {
    await expect(plan(setting)).rejects.toThrow(`degradation-34, arm plain-18: ${message}`);
  });

  test('gives the net the size that it will see', async () => {
    const tooSmall = plan('net=alexnet', 'options={}', 'input.size=28');
    await expect(tooSmall).rejects.toThrow(/alexnet/);
  });
});

describe("a cell's data", () => {
  test('is all of the dataset by default', async () => {
    const { train, trainImages, evaluated, format } = await loadCellData(await configOf());
    expect([train.count, trainImages, evaluated.test?.count, evaluated.validation]).toEqual([
      60_000,
      60_000,
      10_000,
      undefined,
    ]);
    expect(format.shape).toEqual([28, 28, 1]);
  });

  test('keeps a share of every class out of training, and the test set as it is', async () => {
    const config = await configOf('input.validationShare=0.1', 'input.size=24');
    const { train, trainImages, evaluated, format } = await loadCellData(config);
    expect([train.count, trainImages, evaluated.validation?.count]).toEqual([54_000, 54_000, 6000]);
    expect(evaluated.test?.count).toBe(10_000);
    const perClass = new Array(10).fill(0);
    for (const label of evaluated.validation?.labels ?? []) perClass[label]++;
    expect(perClass).toEqual(new Array(10).fill(600));
    expect(format.shape).toEqual([24, 24, 1]);
  });

  test('of fewer images than are asked for is one line', async () => {
    const config = await configOf('input.validationShare=0.5', 'trainImages=40000');
    await expect(loadCellData(config)).rejects.toThrow(
      'trainImages: expected at most 30000, the images left for training by input.validationShare 0.5, got 40000.',
    );
  });
});
