/**
 * `npm run test:mutation [-- FILES]`: changes the code of statistics, gate, journal, recorder and plan in every way that
 * Stryker knows, one at a time, and counts the changes that a test notices. FILES is a glob, all of stryker.config.json's
 * without it. Exit code 1 below the share that a file's folder must reach.
 */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { execa } from 'execa';

/** Of the mutants that a test reaches or should reach. */
const LEAST_KILLED = 0.85;
const REPORT = '.bench/mutation.json';

interface Score {
  killed: number;
  survived: number;
}

const files = process.argv.slice(2);
await execa('stryker', ['run', ...(files.length > 0 ? ['--mutate', files.join()] : [])], {
  preferLocal: true,
  stdout: 'inherit',
  stderr: 'inherit',
});
const scores = scoreByFolder(JSON.parse(readFileSync(REPORT, 'utf8')) as MutationReport);
for (const [folder, score] of scores)
  process.stdout.write(`${folder}: ${(100 * shareOf(score)).toFixed(1)} % killed\n`);
const total = [...scores.values()].reduce(add, { killed: 0, survived: 0 });
process.stdout.write(`${JSON.stringify(total)}\n`);
if ([...scores.values()].some(score => shareOf(score) < LEAST_KILLED)) process.exitCode = 1;

/** What is read of https://github.com/stryker-mutator/mutation-testing-elements' schema. */
interface MutationReport {
  files: Record<string, { mutants: { status: string }[] }>;
}

function scoreByFolder({ files }: MutationReport): Map<string, Score> {
  const scores = new Map<string, Score>();
  for (const [file, { mutants }] of Object.entries(files)) {
    const folder = dirname(file);
    scores.set(folder, mutants.map(scoreOf).reduce(add, scores.get(folder) ?? { killed: 0, survived: 0 }));
  }
  return scores;
}

/** A mutant that nothing covers has survived; one that never ends was noticed; one that does not start counts as neither. */
function scoreOf({ status }: { status: string }): Score {
  return {
    killed: Number(status === 'Killed' || status === 'Timeout'),
    survived: Number(status === 'Survived' || status === 'NoCoverage'),
  };
}

function add(one: Score, other: Score): Score {
  return { killed: one.killed + other.killed, survived: one.survived + other.survived };
}

function shareOf({ killed, survived }: Score): number {
  return killed + survived === 0 ? 1 : killed / (killed + survived);
}
