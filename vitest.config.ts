import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Native addons (TensorFlow, SQLite) want processes of their own, and a killed one must not take others along.
    pool: 'forks',
    // Many a test waits for a process that it started: a second one beside it finds a core, even where there are but two.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Hundreds of tests start processes and browsers on two cores; vitest tells which had to be tried again.
    retry: process.env.CI ? 1 : 0,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
