import { expect, test } from 'vitest';
import { armTable } from '../../src/report/sections/arms.ts';
import { inventResults } from './example-results.ts';

const results = await inventResults();

test('an arm that was made as large as another says by what, and how large both are', () => {
  const matched = { option: 'width', value: 1.369, arm: 'plain-34', count: 'parameters' } as const;
  const costs = results.costs?.map(cost =>
    cost.arm === 'plain-18' ? { ...cost, parameters: 129_500, matched } : cost,
  );
  expect(armTable({ ...results, costs: costs ?? [] })?.text).toContain(
    '<p>plain-18 is as large as plain-34: with the width of 1.369 that was solved for it, it has 129,500 parameters to 130,000.</p>',
  );
});

test('where nothing was solved nothing is said', () => {
  expect(armTable(results)?.text).not.toContain('is as large as');
});
