/** Arms that begin with what another has learnt: which variables, which cells, and what cannot be. */
import { describe, expect, test } from 'vitest';
import type { ConfigPatch } from '../../src/core/cell-config.ts';
import { netParameters } from '../../src/core/parameters.ts';
import { findNet } from '../../src/nets/index.ts';
import { loadExperiment } from '../../src/runner/experiments.ts';
import { type Plan, planExperiment } from '../../src/runner/plan.ts';
import { takenOver } from '../../src/runner/warm-start.ts';

const base = await loadExperiment('degradation-34');
const VGG = { net: 'vgg-a', options: { form: 'small' } };
const CONVOLUTIONS = ['conv1_1', 'conv2_1', 'conv3_1', 'conv3_2'];

const plan = (arms: Record<string, ConfigPatch>): Promise<Plan> => {
  const factors = { net: arms };
  const experiment = { ...base, id: 'warm', base: { ...base.base, ...VGG }, factors };
  return planExperiment(experiment, { tier: 'quick', settings: [], execution: { threads: 1, device: 'cpu' } });
};
const from = (arm: string, layers: readonly string[] | 'matching' = 'matching') => ({ start: { arm, layers } });

describe('a plan', () => {
  test('pairs cells by seed, and the source is part of the identity', async () => {
    const { cells } = await plan({ a: {}, b: { net: 'vgg-b', ...from('a') } });
    const cellOf = (arm: string, seed: number) => cells.find(cell => cell.arm === arm && cell.seed === seed);
    for (const seed of [1, 2, 3, 4, 5]) expect(cellOf('b', seed)?.startsFrom).toBe(cellOf('a', seed)?.identity);
    expect(cellOf('a', 1)?.startsFrom).toBeNull();
    const longer = await plan({ a: { steps: 481 }, b: { net: 'vgg-b', ...from('a') } });
    expect(longer.cells.find(cell => cell.arm === 'b')?.identity).not.toBe(cellOf('b', 1)?.identity);
  });

  test.each([
    ['an unknown arm', { a: {}, b: from('aa') }, /unknown arm to start from, of b: "aa"\. Did you mean "a"\?/],
    ['itself', { a: from('a') }, /arm a: starts from a\./],
    ['a circle', { a: from('b'), b: from('a') }, /arm a: starts from b, which starts from a\./],
    [
      'an unknown layer',
      { a: {}, b: from('a', ['conv9_1']) },
      /unknown layer in start\.layers of warm, arm b: "conv9_1"/,
    ],
    [
      'another shape',
      { a: {}, b: { options: { width: 2 }, ...from('a', CONVOLUTIONS) } },
      /warm, arm b: start\.layers: conv1_1\/kernel has no variable of its shape \[3,3,1,\d+\] in a\./,
    ],
    [
      'nothing in common',
      { a: { net: 'lenet-5' }, b: from('a') },
      /no variable of vgg-a has one of its name and shape/,
    ],
  ])('from %s', async (_what, arms, message) => {
    await expect(plan(arms)).rejects.toThrow(message);
  });
});

test("VGG's start: the named convolutions and the dense layers of A, the rest drawn", async () => {
  const input = { shape: [32, 32, 3], classes: 10 };
  const [a, d] = await Promise.all(['vgg-a', 'vgg-d'].map(name => findNet(name, { form: 'small' }, input)));
  if (a === undefined || d === undefined) throw new Error('no nets');
  const there = Object.fromEntries(netParameters(a).map(({ name, shape }) => [name, shape]));
  const layers = [...CONVOLUTIONS, 'fc6', 'fc7', 'fc8'].filter(layer => d.layers.some(({ name }) => name === layer));
  expect(layers.length).toBeGreaterThan(CONVOLUTIONS.length);
  const names = takenOver(d, { arm: 'a', layers }, there, 'arm d');
  expect(names).toEqual(layers.flatMap(layer => [`${layer}/kernel`, `${layer}/bias`]));
});
