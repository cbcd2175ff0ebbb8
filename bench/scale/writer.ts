/** Journals that grow: `writer RUNS_DIR JOURNALS STEPS_PER_SECOND SECONDS`. Each second a line of JSON says how far it is. */
import { appendFileSync, mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Json } from '../../src/core/ids.ts';
import { encodeFrame, JOURNAL_MAGIC, type JournalEvent } from '../../src/core/journal.ts';
import { runFiles } from '../../src/core/places.ts';
import { processStart } from '../../src/core/process.ts';
import { largePlan } from './large-experiment.ts';
import { say } from './measure.ts';
import { valuesAt } from './played-cell.ts';

const TURN_MS = 20;
const SAY_MS = 1000;

const [runsDir = '', ...numbers] = process.argv.slice(2);
const [journals = 1, stepsPerSecond = 1, seconds = 1] = numbers.map(Number);
const { cells } = await largePlan(Math.ceil(journals / 100));
const who = { pid: process.pid, processStart: processStart(process.pid) ?? '', host: hostname() };
let bytes = 0;
const paths = cells.slice(0, journals).map((cell, i) => {
  const run = i.toString(16).padStart(12, 'c0ffee000000');
  const path = join(runsDir, run, runFiles.journal);
  mkdirSync(join(runsDir, run), { recursive: true });
  const time = Date.now();
  append(path, JOURNAL_MAGIC);
  append(
    path,
    framesOf([
      { type: 'attempt', time, run, attempt: 1, ...who, fromStep: 0 },
      { type: 'cell', time, cell: cell as unknown as Json },
    ]),
  );
  return path;
});
const startMs = performance.now();
let written = 0;
for (let saidAtMs = startMs; performance.now() - startMs < 1000 * seconds; await delay(TURN_MS)) {
  const due = Math.round(((performance.now() - startMs) / 1000) * stepsPerSecond * paths.length);
  while (written < due) writeStep(written++);
  if (performance.now() - saidAtMs < SAY_MS) continue;
  saidAtMs = performance.now();
  sayHowFar();
}
sayHowFar();

/** One journal after the other, a step each, as a thousand workers would. */
function writeStep(number: number): void {
  const step = Math.floor(number / paths.length) + 1;
  const event: JournalEvent = { type: 'points', time: Date.now(), step, values: valuesAt(step) };
  append(paths[number % paths.length] as string, framesOf([event]));
}

function append(path: string, content: Buffer): void {
  appendFileSync(path, content);
  bytes += content.length;
}

function framesOf(events: readonly JournalEvent[]): Buffer {
  return Buffer.concat(events.map(encodeFrame));
}

function sayHowFar(): void {
  say({ bytes, steps: written, seconds: (performance.now() - startMs) / 1000 });
}
