import { expect, test } from 'vitest';
import { parseTerm } from '../../src/stats/index.ts';

test.each([
  ['a', { arms: ['a'], metric: 'm' }],
  ['a+b', { arms: ['a', 'b'], metric: 'm' }],
  ['a:n', { arms: ['a'], metric: 'n' }],
  [':n', { arms: [''], metric: 'n' }],
  ['a+b:steps-to:c<=2', { arms: ['a', 'b'], metric: 'steps-to:c<=2' }],
])('%s', (text, term) => {
  expect(parseTerm(text, 'm')).toEqual(term);
});
