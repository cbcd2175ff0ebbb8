/**
 * The parts of the code that are mutated, and the tests that look at each closely: without those that start processes,
 * browsers or training, which are too slow to be run once a mutant.
 */
export interface Part {
  code: readonly string[];
  tests: readonly string[];
}

export const PARTS: Readonly<Record<string, Part>> = {
  statistics: { code: ['src/stats/**/*.ts'], tests: ['test/stats/**/*.test.ts'] },
  gate: { code: ['src/gate/**/*.ts'], tests: ['test/gate/**/*.test.ts'] },
  journal: {
    code: ['src/core/journal*.ts'],
    tests: ['test/core/journal*.test.ts', 'test/runner/journal-writer.test.ts'],
  },
  recorder: {
    code: ['src/tracking/*journal*.ts', 'src/tracking/*recorder*.ts', 'src/tracking/point-writer.ts'],
    tests: ['test/tracking/recorder{,-follow,-rows}.test.ts', 'test/tracking/{curve-points,journal-file}.test.ts'],
  },
  plan: { code: ['src/runner/plan.ts'], tests: ['test/runner/plan*.test.ts'] },
};
