import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Native addons (TensorFlow, SQLite) want processes of their own, and a killed one must not take others along.
    pool: 'forks',
    // Many a test waits for a process that it started: a second one beside it finds a core, even where there are but two.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
