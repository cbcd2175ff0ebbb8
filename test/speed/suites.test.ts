/** Each benchmark runs: once, and nothing is made of how long it took. */
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { measureSuite, TRIAL } from '../../src/speed/measure.ts';
import { allSuites, findSuite, type Suite } from '../../src/speed/suite.ts';

const suites = await allSuites();

test('a suite is called as its file is', () => {
  const files = readdirSync('src/speed/suites').map(file => file.replace('.ts', ''));
  expect([...suites.keys()].sort()).toEqual(files.sort());
  for (const { about, benchmarks } of suites.values()) {
    expect(about).not.toBe('');
    for (const name of Object.keys(benchmarks)) expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  }
});

test('an unknown one is answered with the nearest', async () => {
  await expect(findSuite('step')).rejects.toThrow(/^unknown suite "step"\. Did you mean "steps"\?/);
});

test.each([...suites.values()])('$name', async suite => {
  const names = Object.keys(suite.benchmarks);
  const { benchmarks, failures, controlMs } = await measureSuite(suite, names, TRIAL);
  expect(failures).toEqual({});
  expect(Object.keys(benchmarks)).toEqual(names);
  for (const { samples } of Object.values(benchmarks)) expect(samples).toBeGreaterThan(0);
  expect(controlMs).toBeGreaterThan(0);
});

test('one that throws is told in one line, beside the others', async () => {
  const suite: Suite = {
    name: 'made-up',
    about: 'two',
    benchmarks: {
      good: () => () => 1,
      unready: () => {
        throw new Error('no\nsuch thing');
      },
      bad: () => async () => {
        throw new Error('later');
      },
    },
  };
  const names = ['good', 'unready', 'bad', 'unknown'];
  const { benchmarks, failures } = await measureSuite(suite, names, TRIAL);
  expect(Object.keys(benchmarks)).toEqual(['good']);
  expect(failures).toEqual({
    unready: 'no such thing',
    bad: 'later',
    unknown: 'suite made-up has no benchmark unknown',
  });
});
