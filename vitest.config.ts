import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Native addons (TensorFlow, SQLite) want processes of their own, and a killed one must not take others along.
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
