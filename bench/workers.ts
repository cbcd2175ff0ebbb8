/**
 * Two processors, one experiment: is one process with two threads faster, or two pinned processes with one thread each?
 * Interleaved rounds, medians; the last line is JSON. `npm run bench:workers`
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROUNDS = 5;
const SECONDS = 5;
const EXPERIMENT = 'degradation-34';
const ARMS = ['plain-18', 'plain-34'];
const LOOP = fileURLToPath(new URL('./step-loop.js', import.meta.url));
const run = promisify(execFile);

interface Row {
  arm: string;
  oneProcessTwoThreads: number[];
  twoProcessesOneThread: number[];
}

const rows: Row[] = ARMS.map(arm => ({ arm, oneProcessTwoThreads: [], twoProcessesOneThread: [] }));
for (let round = 0; round < ROUNDS; round++) {
  for (const row of rows) {
    row.oneProcessTwoThreads.push(await imagesPerSecond(row.arm, 2, '0,1'));
    const both = await Promise.all([imagesPerSecond(row.arm, 1, '0'), imagesPerSecond(row.arm, 1, '1')]);
    row.twoProcessesOneThread.push(both[0] + both[1]);
  }
}
const results = rows.map(row => ({
  arm: row.arm,
  oneProcessTwoThreads: Math.round(median(row.oneProcessTwoThreads)),
  twoProcessesOneThread: Math.round(median(row.twoProcessesOneThread)),
  ratio: Number((median(row.twoProcessesOneThread) / median(row.oneProcessTwoThreads)).toFixed(2)),
}));
for (const { arm, oneProcessTwoThreads, twoProcessesOneThread, ratio } of results) {
  process.stdout.write(
    `${arm}: ${oneProcessTwoThreads} images/s in one process, ${twoProcessesOneThread} in two: ${ratio} ×\n`,
  );
}
process.stdout.write(`${JSON.stringify({ rounds: ROUNDS, results })}\n`);

async function imagesPerSecond(arm: string, threads: number, processors: string): Promise<number> {
  const { stdout } = await run('taskset', [
    '-c',
    processors,
    process.execPath,
    LOOP,
    EXPERIMENT,
    arm,
    String(threads),
    String(SECONDS),
  ]);
  return Number(stdout);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}
