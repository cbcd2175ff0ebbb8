/**
 * `npm run test:mutation`: changes the code of statistics, gate, journal, recorder and plan in every way that Stryker
 * knows, one at a time, and counts the changes that a test notices.
 *
 *   npm run test:mutation                          all parts
 *   npm run test:mutation -- --parts gate,plan     these
 *   npm run test:mutation -- --parts gate-3        one group of a part, counted from 0 as in parts.ts
 *   npm run test:mutation -- --incremental         what has not changed since the last time is not tried again
 *
 * On stdout what survived and a line for each group and each part, then one line of JSON; exit code 1 if less of a part is
 * killed than must be.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { type Group, PARTS, type Part } from './parts.ts';

/** Of the mutants that a test reaches or should reach. */
const LEAST_KILLED = 0.85;
const REPORT = '.bench/mutation.json';

interface Score {
  killed: number;
  survived: number;
}

const { values } = parseArgs({
  options: {
    parts: { type: 'string', default: Object.keys(PARTS).join() },
    incremental: { type: 'boolean', default: false },
  },
});
const total: Score = { killed: 0, survived: 0 };
for (const asked of values.parts.split(',')) {
  const [name = '', nth] = asked.split('-');
  const part = PARTS[name];
  if (part === undefined) throw new Error(`unknown part "${name}". Known: ${Object.keys(PARTS).join(', ')}.`);
  const score = await mutatePart(name, part, nth);
  process.stdout.write(`${asked}: ${textOf(score)}\n`);
  if (shareOf(score) < LEAST_KILLED) process.exitCode = 1;
  add(total, score);
}
process.stdout.write(`${JSON.stringify(total)}\n`);

async function mutatePart(name: string, { code, tests, groups }: Part, nth?: string): Promise<Score> {
  const grouped = groups.flatMap(group => group.code.map(path => `!${path}`));
  const score: Score = { killed: 0, survived: 0 };
  for (const [i, group] of [...groups, { code: [...code, ...grouped], tests }].entries()) {
    if (nth !== undefined && nth !== String(i)) continue;
    const startedAt = performance.now();
    const found = await mutate(`${name}-${i}`, group);
    process.stdout.write(`${name}-${i}: ${textOf(found)} in ${Math.round((performance.now() - startedAt) / 1000)} s\n`);
    add(score, found);
  }
  return score;
}

/** Where nothing could be changed nothing has survived. */
function shareOf({ killed, survived }: Score): number {
  return survived === 0 ? 1 : killed / (killed + survived);
}

function textOf(score: Score): string {
  return `${(100 * shareOf(score)).toFixed(1)} % of ${score.killed + score.survived} killed`;
}

async function mutate(name: string, { code, tests }: Group): Promise<Score> {
  const again = values.incremental ? ['--incremental', '--incrementalFile', `.bench/mutation-${name}.json`] : [];
  rmSync(REPORT, { force: true });
  await execa('stryker', ['run', '--mutate', code.join(), ...again], {
    preferLocal: true,
    stdout: 'inherit',
    stderr: 'inherit',
    env: { MUTATION_TESTS: tests.join(' ') },
  });
  // Without a file to be changed there is no report.
  return existsSync(REPORT)
    ? scoreOf(JSON.parse(readFileSync(REPORT, 'utf8')) as MutationReport)
    : { killed: 0, survived: 0 };
}

/** What is read of https://github.com/stryker-mutator/mutation-testing-elements' schema. */
interface MutationReport {
  files: Record<string, { mutants: { status: string }[] }>;
}

/** A mutant that nothing covers has survived; one that never ends was noticed; one that does not start counts as neither. */
function scoreOf({ files }: MutationReport): Score {
  const all = Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  const count = (...statuses: string[]): number => all.filter(status => statuses.includes(status)).length;
  return { killed: count('Killed', 'Timeout'), survived: count('Survived', 'NoCoverage') };
}

function add(sum: Score, { killed, survived }: Score): void {
  sum.killed += killed;
  sum.survived += survived;
}
