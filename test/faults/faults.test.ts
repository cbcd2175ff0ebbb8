/** Every fault, really done, a few moments of each: `npm run test:faults` has many. */
import { describe, expect, test } from 'vitest';
import { FAULT_KINDS } from './kinds.ts';
import { isGood } from './trial.ts';

describe.skipIf(process.platform !== 'linux')(
  'nothing acknowledged is lost, nothing counts twice, no state is false',
  () => {
    const kinds = Object.entries(FAULT_KINDS).filter(([, kind]) => kind.short > 0);
    test.each(kinds)('%s', async (_name, kind) => {
      const { trials } = await kind.try(kind.short);
      expect(trials.length).toBeGreaterThanOrEqual(kind.short);
      expect(trials.filter(trial => !isGood(trial))).toEqual([]);
    });
  },
);
