/**
 * How long the page of a large comparison takes to make and to draw: 20 arms × 10 seeds × 10,000 points; then the live
 * view (`report-live.ts`). `npm run bench:report`; the last line is JSON. `buildMs` is a whole process, `firstChartMs`
 * in headless Chromium from the page's first byte; each the middle of three.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Claim } from '../src/core/experiment.ts';
import { encodeFrame, JOURNAL_MAGIC, type JournalEvent } from '../src/core/journal.ts';
import { runFiles } from '../src/core/places.ts';
import { stream } from '../src/core/random.ts';
import type { ClaimVerdict } from '../src/core/results.ts';
import { trackedCell } from '../src/core/tracked-cell.ts';
import { judgeClaim, median } from '../src/stats/index.ts';
import { listRuns, saveVerdicts } from '../src/tracking/queries.ts';
import { Recorder } from '../src/tracking/recorder.ts';
import { openStore } from '../src/tracking/store.ts';
import { launchBrowser } from '../test/report/browser.ts';
import { BENCH } from './command.ts';
import { measureLive } from './report-live.ts';

const [ARMS, SEEDS, POINTS, ROUNDS] = [20, 10, 10_000, 3];
const INDEXED = 1000;
const EVALUATED_EVERY = 500;

const dir = mkdtempSync(join(tmpdir(), 'bench-report-'));
try {
  makeStore(dir, writeLarge);
  const page = join(dir, 'page.html');
  const index = join(dir, 'index.html');
  const buildMs = await middle(() => bench(dir, 'compare', 'large', '--out', page));
  const drawn = await middle(() => firstChartMs(page));
  const many = join(dir, 'many');
  makeManyExperiments(many);
  const indexMs = await middle(() => bench(many, 'report', '--all', '--out', index));
  const figures = { buildMs, bytes: statSync(page).size, firstChartMs: drawn, experiments: INDEXED, indexMs };
  const live = await measureLive(dir);
  console.log(JSON.stringify({ arms: ARMS, seeds: SEEDS, points: POINTS, ...figures, ...live }));
} finally {
  rmSync(dir, { recursive: true, force: true });
}

function makeStore(folder: string, writeRuns: (runs: string) => void): void {
  const runs = join(folder, 'runs');
  writeRuns(runs);
  const store = openStore(join(folder, 'store.sqlite'));
  new Recorder(store, runs).ingestAll();
  store.close();
}

function writeLarge(runs: string): void {
  for (let arm = 1; arm <= ARMS; arm++)
    for (let seed = 1; seed <= SEEDS; seed++) writeRun(runs, { experiment: 'large', arm, seed, points: POINTS });
}

/** An arm and a seed each: what counts for the index is how many there are. */
function makeManyExperiments(folder: string): void {
  makeStore(folder, runs => {
    for (let i = 1; i <= INDEXED; i++) writeRun(runs, { experiment: `question-${i}`, arm: i, seed: 1, points: 1 });
  });
  const store = openStore(join(folder, 'store.sqlite'));
  for (const { experiment, tier, specHash } of listRuns(store))
    saveVerdicts(store, { experiment, tier, specHash }, [madeVerdict(experiment)]);
  store.close();
}

/** Of figures that nobody measured: only to fill a row. */
function madeVerdict(experiment: string): ClaimVerdict {
  const claim: Claim = {
    id: 'made-up',
    kind: 'superiority',
    statement: `${experiment} has an answer`,
    metric: 'train.loss',
    unit: 'nats',
    contrast: { a: 1, b: -1 },
    margin: 0.05,
    published: '',
  };
  const plannedSeeds = [1, 2, 3];
  const figures = (base: number) => new Map(plannedSeeds.map(seed => [seed, base + seed / 100]));
  const values = new Map([
    ['a', figures(1)],
    ['b', new Map([...figures(0.5)].map(([seed, value]) => [seed, value * 1.01]))],
  ]);
  return judgeClaim(claim, values, { decides: true, plannedSeeds });
}

interface MadeRun {
  experiment: string;
  arm: number;
  seed: number;
  points: number;
}

function writeRun(runs: string, made: MadeRun): void {
  const id = (made.arm * 1000 + made.seed).toString(16).padStart(12, '0');
  mkdirSync(join(runs, id), { recursive: true });
  const frames = [...eventsOf(id, made)].map(encodeFrame);
  writeFileSync(join(runs, id, runFiles.journal), Buffer.concat([JOURNAL_MAGIC, ...frames]));
}

function* eventsOf(run: string, { experiment, arm, seed, points }: MadeRun): Generator<JournalEvent> {
  const time = 1_700_000_000_000;
  const draws = stream(seed, `curve of arm ${arm}`);
  const loss = (step: number): number => 0.3 + arm / 100 + 2 / (1 + step / 300) + 0.05 * draws.normal();
  const who = { pid: 1, processStart: 'none', host: 'none' };
  yield { type: 'attempt', time, run, attempt: 1, ...who, fromStep: 0 };
  const subject = { run, experiment, arm: `arm-${String(arm).padStart(2, '0')}`, seed, config: {}, steps: points };
  yield { type: 'cell', time, cell: trackedCell(subject) };
  for (let step = 1; step <= points; step++) {
    const values = { 'train.loss': loss(step), ...(step % EVALUATED_EVERY === 0 && { 'test.top1': loss(step) / 4 }) };
    yield { type: 'points', time: time + step, step, values };
  }
  for (const name of ['train.loss', 'test.top1'])
    yield { type: 'metric', time: time + points, name, value: loss(points) / (name === 'test.top1' ? 4 : 1) };
  yield { type: 'end', time: time + points, state: 'finished', step: points };
}

async function bench(BENCH_DIR: string, ...args: string[]): Promise<number> {
  const before = performance.now();
  await promisify(execFile)(process.execPath, [BENCH, ...args], { env: { ...process.env, BENCH_DIR } });
  return performance.now() - before;
}

async function firstChartMs(page: string): Promise<number> {
  const browser = await launchBrowser();
  try {
    const tab = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await tab.goto(pathToFileURL(page).href, { waitUntil: 'commit' });
    await tab.locator('html[data-drawn]').waitFor();
    return await tab.evaluate<number>('performance.getEntriesByName("first-chart")[0].startTime');
  } finally {
    await browser.close();
  }
}

async function middle(measure: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let round = 0; round < ROUNDS; round++) values.push(await measure());
  return Math.round(median(values));
}
