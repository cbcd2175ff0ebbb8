/**
 * What the harness costs: a run of an arm of degradation-34 (data, journal, metrics, progress; evaluation apart) against
 * the bare compiled step of the same net. `npm run bench:harness`; the last line is JSON.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { JournalEvent } from '../src/core/journal.ts';
import { runFiles } from '../src/core/places.ts';
import { journalEvents } from '../src/runner/journal-events.ts';
import { BENCH } from './command.ts';
import { compareInTurn, imagesPerSecond } from './step-rate.ts';

const ROUNDS = 3;
const STEPS = 150;
/** In these TensorFlow chooses kernels. */
const FIRST_STEPS = 5;
const BATCH = 64;
const NET = { net: 'plain-18:form=small:stemStride=2', input: '28x28x1', batch: BATCH, threads: 1, processors: '0' };

const bare = (): Promise<number> => imagesPerSecond(NET);

/** From the times of the points in the run's journal: all that a step costs, whoever asks for it. */
async function harnessed(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-harness-'));
  try {
    const settings = [`steps=${STEPS}`, `evaluate.every=${STEPS}`, 'evaluate.images=500', 'lastSteps=5'];
    const asked = 'run degradation-34 --seeds 1 --workers 1'.split(' ');
    const args = [...asked, ...settings.flatMap(one => ['--set', one])];
    const env = { ...process.env, BENCH_DIR: folder };
    await promisify(execFile)('taskset', ['-c', '0', process.execPath, BENCH, ...args], { env });
    const journals = readdirSync(join(folder, 'runs')).map(run => [
      ...journalEvents(join(folder, 'runs', run, runFiles.journal)),
    ]);
    return rateOf(journals.find(isOfPlain18) ?? []);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const isOfPlain18 = (events: readonly JournalEvent[]): boolean =>
  events.some(event => event.type === 'cell' && (event.cell as { arm?: string }).arm === 'plain-18');

function rateOf(events: readonly JournalEvent[]): number {
  const points = events.flatMap(event => (event.type === 'points' && 'train.loss' in event.values ? [event] : []));
  const settled = points.slice(FIRST_STEPS);
  const [first, last] = [settled[0], settled.at(-1)];
  if (!first || !last) throw new Error('the run of plain-18 has no points');
  return (1000 * BATCH * (settled.length - 1)) / (last.time - first.time);
}

const { first, second, ratio, raw } = await compareInTurn(ROUNDS, bare, harnessed);
process.stdout.write(`bare step ${first} images/s, in a run ${second}: ${ratio} ×\n`);
process.stdout.write(`${JSON.stringify({ rounds: ROUNDS, bare: first, run: second, ratio, raw })}\n`);
