import { defineConfig } from 'vitest/config';

/** The tests of one part of the code: test/mutation/parts.ts says which, index.ts hands them over. */
export default defineConfig({
  test: {
    include: (process.env.MUTATION_TESTS ?? '').split(' '),
    testTimeout: 60_000,
  },
});
