import { expect, test } from 'vitest';
import { factorsOfRuns } from '../../src/core/arms.ts';

const run = (arm: string, levels: Record<string, string>) => ({ arm, levels });

test('the factors of runs have the order of their levels in the names of the arms', () => {
  const runs = [
    run('plain-18', { depth: '18', kind: 'plain' }),
    run('plain-34', { depth: '34', kind: 'plain' }),
    run('residual-18', { depth: '18', kind: 'residual' }),
  ];
  const factors = factorsOfRuns(runs);
  expect(Object.entries(factors).map(([name, levels]) => [name, Object.keys(levels)])).toEqual([
    ['kind', ['plain', 'residual']],
    ['depth', ['18', '34']],
  ]);
});

test('a factor of a single level comes first: nothing can be compared along it', () => {
  const runs = [run('plain-34', { depth: '34', kind: 'plain' }), run('residual-34', { depth: '34', kind: 'residual' })];
  expect(Object.keys(factorsOfRuns(runs))).toEqual(['depth', 'kind']);
});

test('where names do not tell, the order stays', () => {
  const runs = [run('mine', { a: '1', b: '2' }), run('yours', { a: '2', b: '1' })];
  expect(Object.keys(factorsOfRuns(runs))).toEqual(['a', 'b']);
});
