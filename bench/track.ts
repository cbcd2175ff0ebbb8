/**
 * What `run.log` of ten metrics costs the loop that calls it, and whether kill -9 loses what was logged. `npm run
 * bench:track`; the last line is JSON. The loop takes ten thousand steps a second, more than any training; times are
 * microseconds of the call, but for `worstMs`. `idleWorstMs` is the longest gap of a loop that does nothing for as long:
 * what the machine itself took away. `pointsPerSecond` is that of a loop that does nothing but log.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runFiles } from '../src/core/places.ts';
import { journalEvents } from '../src/runner/journal-events.ts';
import { track } from '../src/track/index.ts';

const STEPS = 20_000;
const STEP_NANOS = 100_000n;
const FULL_SPEED_STEPS = 100_000;
const WARM_UP_STEPS = 5_000;
const METRICS = 10;
const ROUNDS = 3;
const KILLS = 5;
const KILL_AFTER_MS = 700;
const SELF = fileURLToPath(import.meta.url);

async function main(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'bench-track-'));
  try {
    const rounds = Array.from({ length: ROUNDS }, () => measure(dir));
    for (const round of rounds) console.log(JSON.stringify(round));
    const [round] = rounds.toSorted((a, b) => a.medianMicros - b.medianMicros).slice(1);
    const kills = [];
    for (let kill = 0; kill < KILLS; kill++) kills.push(await killOne(dir));
    const [acknowledged, lost] = [kills.map(one => one.acknowledged), kills.map(one => one.lost)].map(sum);
    console.log(JSON.stringify({ ...round, kills: KILLS, acknowledged, lost }));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function measure(dir: string) {
  const run = track({ experiment: 'cost', dir });
  const values = figures();
  for (let step = 1; step <= WARM_UP_STEPS; step++) run.log(vary(values, step), step);
  const nanos = new Float64Array(STEPS);
  for (let i = 0; i < STEPS; i++) {
    vary(values, i);
    const before = process.hrtime.bigint();
    run.log(values, WARM_UP_STEPS + 1 + i);
    const after = process.hrtime.bigint();
    nanos[i] = Number(after - before);
    while (process.hrtime.bigint() - before < STEP_NANOS);
  }
  const pointsPerSecond = rateOf(step => run.log(vary(values, step), WARM_UP_STEPS + STEPS + step));
  run.finish();
  nanos.sort();
  const micros = (share: number) => (nanos[Math.floor(share * (STEPS - 1))] as number) / 1000;
  const idleWorstMs = idleGap((STEPS * Number(STEP_NANOS)) / 1e9) / 1e6;
  return {
    medianMicros: micros(0.5),
    p99Micros: micros(0.99),
    worstMs: micros(1) / 1000,
    idleWorstMs,
    pointsPerSecond,
  };
}

function rateOf(log: (step: number) => void): number {
  const startedAtMs = performance.now();
  for (let step = 1; step <= FULL_SPEED_STEPS; step++) log(step);
  return Math.round((FULL_SPEED_STEPS * METRICS * 1000) / (performance.now() - startedAtMs));
}

function idleGap(seconds: number): number {
  const end = process.hrtime.bigint() + BigInt(Math.round(seconds * 1e9));
  let worst = 0;
  for (let last = process.hrtime.bigint(); last < end; ) {
    const now = process.hrtime.bigint();
    worst = Math.max(worst, Number(now - last));
    last = now;
  }
  return worst;
}

const figures = (): Record<string, number> =>
  Object.fromEntries(Array.from({ length: METRICS }, (_, index) => [`train.metric-${index}`, 0]));

function vary(values: Record<string, number>, step: number): Record<string, number> {
  for (const name in values) values[name] = 1 / (step + name.length);
  return values;
}

/** The child tells each step that `log` has returned from through a pipe of its own, then the two are compared. */
async function killOne(dir: string): Promise<{ acknowledged: number; lost: number }> {
  const child = spawn(process.execPath, [SELF, 'until-killed', dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', data => {
    said += data;
  });
  await new Promise(resolve => child.stdout.once('data', resolve));
  await new Promise(resolve => setTimeout(resolve, KILL_AFTER_MS));
  child.kill('SIGKILL');
  await new Promise(resolve => child.once('close', resolve));
  const [folder = '', ...steps] = said.split('\n').slice(0, -1);
  const written = new Set(
    [...journalEvents(join(folder, runFiles.journal))].map(event => ('step' in event ? event.step : 0)),
  );
  return { acknowledged: steps.length, lost: steps.filter(step => !written.has(Number(step))).length };
}

function logUntilKilled(dir: string): void {
  const run = track({ experiment: 'killed', dir });
  process.stdout.write(`${run.folder}\n`);
  const values = figures();
  for (let step = 1; ; step++) {
    run.log(vary(values, step), step);
    process.stdout.write(`${step}\n`);
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

if (process.argv[2] === 'until-killed') logUntilKilled(process.argv[3] as string);
else await main();
