/**
 * The parts of the code that are mutated, and the tests that look at each: without those that start processes, browsers or
 * training, which are too slow to be run once a mutant. Groups of files have close tests of their own, so that a mutant
 * does not wait for simulations that have nothing to do with it; all other files of a part, of which there must be one, have
 * all of its tests.
 */
export interface Part {
  code: readonly string[];
  tests: readonly string[];
  groups: readonly Group[];
}

export interface Group {
  code: readonly string[];
  tests: readonly string[];
}

export const PARTS: Readonly<Record<string, Part>> = {
  statistics: {
    code: ['src/stats/**/*.ts'],
    tests: ['test/stats/**/*.test.ts'],
    groups: [
      group('stats', 'summary term figure counted claim confusion censoring choice calibration conjunction', {
        more: 'judge-experiment curve-metrics/*',
        tests: 'summary term counted claim confusion calibration judge-experiment',
      }),
      group('stats', 'verdict sentence format distance-to-bound promise seeds-needed fewest', {
        tests: 'verdict format promise seeds-needed fewest judge-experiment',
      }),
      group('stats', 'test-set ensemble hardest sign-flip signed-rank hodges-lehmann holm', {
        tests: 'ensemble sign-flip signed-rank',
      }),
      group('stats', 'beta gamma turning-point', { tests: 'beta student-t' }),
      group('stats', 'student-t exact-interval interval', { tests: 'student-t exact-interval interval' }),
      group('stats', 'power mcnemar change-points', { tests: 'power mcnemar change-points' }),
    ],
  },
  gate: {
    code: ['src/gate/**/*.ts'],
    tests: ['test/gate/**/*.test.ts'],
    groups: [
      group('gate', 'annotations badge check-text junit markdown report', { tests: 'outputs' }),
      group('gate', 'baseline baseline-diff baseline-file comparable flags measured', {
        tests: 'baseline decision flags',
      }),
      group('gate', 'check decision', { tests: 'check decision' }),
      group('gate', 'threshold speed-check speed-gate speed-rules', { tests: 'threshold speed' }),
      group('gate', 'series bisect gate-json history', { tests: 'series bisect history' }),
    ],
  },
  journal: {
    code: ['src/core/journal*.ts'],
    tests: ['test/core/journal.test.ts', 'test/core/journal-reader.test.ts'],
    groups: [group('core', 'journal', { tests: 'journal' })],
  },
  recorder: {
    code: ['src/tracking/*journal*.ts', 'src/tracking/*recorder*.ts', 'src/tracking/point-writer.ts'],
    tests: ['test/tracking/recorder-rows.test.ts', 'test/tracking/recorder{,-follow}.test.ts'],
    groups: [
      group('tracking', 'journal-file known-journals', { tests: 'journal-file recorder-rows recorder-follow' }),
      group('tracking', 'event-recorder', { tests: 'recorder-rows recorder' }),
      group('tracking', 'journal-recorder journal-run', { tests: 'recorder-rows recorder recorder-follow' }),
      group('tracking', 'point-writer', { tests: 'recorder-rows curve-points' }),
    ],
  },
  plan: {
    code: ['src/runner/plan.ts'],
    tests: ['test/runner/plan.test.ts', 'test/runner/warm-start.test.ts'],
    groups: [],
  },
};

function group(folder: string, names: string, { more = '', tests }: { more?: string; tests: string }): Group {
  const paths = (text: string, start: string, end: string) => text.split(' ').map(name => `${start}/${name}${end}`);
  const code = more === '' ? names : `${names} ${more}`;
  return { code: paths(code, `src/${folder}`, '.ts'), tests: paths(tests, `test/${folder}`, '.test.ts') };
}
