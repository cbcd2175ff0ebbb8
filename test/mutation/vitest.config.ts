import { defineConfig } from 'vitest/config';

/**
 * The tests that look at statistics, gate, journal, recorder and plan closely: without those that start processes, browsers
 * or training, which are too slow to be run once a mutant.
 */
export default defineConfig({
  test: {
    include: [
      'test/stats/**/*.test.ts',
      'test/gate/**/*.test.ts',
      'test/core/**/*.test.ts',
      'test/tracking/{recorder,curve-points,queries*,liveness}.test.ts',
      'test/runner/{plan,journal-writer}.test.ts',
    ],
    testTimeout: 60_000,
  },
});
