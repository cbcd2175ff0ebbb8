import { describe, expect, test } from 'vitest';
import type { ConfigPatch } from '../../src/core/cell-config.ts';
import type { Arm } from '../../src/core/experiment.ts';
import { countNet, findNet } from '../../src/nets/index.ts';
import { loadExperiment } from '../../src/runner/experiments.ts';
import { planExperiment } from '../../src/runner/plan.ts';

const base = await loadExperiment('degradation-34');

async function armsOf(arms: Record<string, ConfigPatch>): Promise<Arm[]> {
  const factors = { net: arms };
  const experiment = { ...base, id: 'sizes', factors };
  const request = { tier: 'quick', settings: [], execution: { threads: 1, device: 'cpu' } } as const;
  return [...(await planExperiment(experiment, request)).arms];
}

const deep = { net: 'resnet-34', options: { widths: [32, 64, 128, 256] } };
const wide = (count: 'parameters' | 'macs', option = 'width'): ConfigPatch => ({
  net: 'resnet-18',
  match: { arm: 'deep', count, option },
});

const countOf = async ({ config }: Arm) =>
  countNet(await findNet(config.net, config.options, { shape: [28, 28, 1], classes: 10 }));

describe('an arm as large as another', () => {
  test.each(['parameters', 'macs'] as const)('in %s, within a twentieth', async count => {
    const [model, shallow] = (await armsOf({ deep, wide: wide(count) })) as [Arm, Arm];
    expect((await countOf(shallow))[count] / (await countOf(model))[count]).toBeCloseTo(1, 1);
    expect(shallow.config.options.width).toBeGreaterThan(1);
    expect(model.config.options.width).toBeUndefined();
  });

  test('but not where steps of 8 filters are too coarse', async () => {
    const narrow = { net: 'resnet-34', options: { widths: [16, 16, 32, 64] } };
    await expect(armsOf({ deep: narrow, wide: wide('macs') })).rejects.toThrow(
      /sizes, arm wide: match: no value of width gives \d+ macs as in deep; [\d.]+ gives \d+\./,
    );
  });

  test('is the same each time', async () => {
    expect(await armsOf({ deep, wide: wide('macs') })).toEqual(await armsOf({ deep, wide: wide('macs') }));
  });

  test.each([
    ['an unknown arm', { wide: wide('macs') }, /unknown arm to match, of sizes, arm wide: "deep"/],
    [
      'an arm that matches',
      { deep: { ...deep, match: wide('macs').match }, wide: wide('macs') },
      /arm that matches no other, got deep/,
    ],
    [
      'an option that takes whole numbers',
      { deep, wide: wide('parameters', 'stemStride') },
      /option stemStride: expected whole numbers of at least 1/,
    ],
  ])('not with %s', async (_what, arms, message) => {
    await expect(armsOf(arms as Record<string, ConfigPatch>)).rejects.toThrow(message);
  });
});
