/** A word means the same in every net that has it. */
import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/core/ids.ts';
import type { OptionSpec } from '../../src/core/net.ts';
import { WORDS } from '../../src/nets/_options.ts';
import { widen } from '../../src/nets/_width.ts';
import { allNets, countNet, describeNet } from '../../src/nets/index.ts';
import { SMALL_INPUTS } from './shapes.ts';

const nets = [...(await allNets()).values()];
const spoken = nets.flatMap(({ name, family, options }) =>
  Object.entries(options).map(([option, spec]) => ({ option, name, family, spec })),
);

test.each(Object.entries(WORDS))('%s has its levels, or some of them, and its range', (word, meaning) => {
  const specs = spoken.filter(({ option }) => option === word && meaning);
  expect(specs.length).toBeGreaterThan(0);
  for (const { name, spec } of specs) {
    if ('oneOf' in meaning) expect(meaning.oneOf, name).toEqual(expect.arrayContaining([...(spec.oneOf ?? [])]));
    expect(Boolean(spec.real), name).toBe('real' in meaning);
  }
});

test('what two families say in one word is a word of the vocabulary', () => {
  const families = new Map<string, Set<string>>();
  for (const { option, family } of spoken) families.set(option, (families.get(option) ?? new Set()).add(family));
  const common = [...families].flatMap(([option, { size }]) => (size > 1 ? [option] : []));
  expect(Object.keys(WORDS)).toEqual(expect.arrayContaining(common));
});

test.each(spoken.filter(({ spec }) => spec.oneOf))(
  '$name: the defaults of $option are among its levels',
  ({ spec }) => {
    for (const usual of defaultsOf(spec)) expect(spec.oneOf).toContain(usual);
  },
);

describe('width', () => {
  test('is rounded to multiples of 8, at least 8, and 1 changes nothing', () => {
    expect([3, 7, 11, 12, 20, 100].map(count => widen(count, 0.5))).toEqual([8, 8, 8, 8, 8, 48]);
    expect([6, 84, 100].map(count => widen(count, 1))).toEqual([6, 84, 100]);
    expect([6, 84, 100].map(count => widen(count, 2))).toEqual([16, 168, 200]);
  });

  // LeNet-5's is fixed by table I and the output's codes.
  test.each(nets.filter(({ name, options }) => options.width && name !== 'lenet-5'))('makes $name wider', net => {
    const [, input] = SMALL_INPUTS;
    const parametersAt = (width: number) => countNet(describeNet(net, { form: 'small', width }, input)).parameters;
    expect(parametersAt(2)).toBeGreaterThan(1.5 * parametersAt(0.5));
  });
});

function defaultsOf({ default: usual }: OptionSpec): Json[] {
  const forms = typeof usual === 'object' && usual !== null && !Array.isArray(usual);
  return forms ? Object.values((usual as { byForm: Record<string, Json> }).byForm) : [usual as Json];
}
