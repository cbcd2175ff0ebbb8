import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tryInput } from './target.ts';
import { TARGETS } from './targets/index.ts';

const INPUTS = 100;

test.each(Object.entries(TARGETS))('%s: a clear line or a result, whatever the file says', async (_, target) => {
  await fc.assert(
    fc.asyncProperty(target.inputs, bytes => tryInput(target, bytes)),
    { numRuns: INPUTS, seed: 2012 },
  );
  expect(target.weight).toBeGreaterThan(0);
});
