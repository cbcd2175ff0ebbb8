/**
 * What `bench serve` takes: the list of 10,000 runs and a curve of 10 million points as answers to a request, and the
 * time from a journal's write to the point on a page in headless Chromium. Each the middle of several; server and writer
 * are this process.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { runsDir, storePath } from '../src/core/places.ts';
import { startLiveServer } from '../src/report/live/server.ts';
import { median } from '../src/stats/index.ts';
import { track } from '../src/track/index.ts';
import { Recorder } from '../src/tracking/recorder.ts';
import { openStore, type Store } from '../src/tracking/store.ts';
import { launchBrowser } from '../test/report/browser.ts';
import { recordLong, runId, writeRunFolder } from './store-fill.ts';

const [RUNS, STEPS, LONG_POINTS, ROUNDS] = [10_000, 1, 10_000_000, 9];
const FILTER = 'net = resnet-34 and test.top1 < 0.1';

export interface LiveFigures {
  listedRuns: number;
  runListMs: number;
  /** Filtered and ordered by a figure. */
  runSearchMs: number;
  curvePoints: number;
  curveMs: number;
  /** A sixth of the curve. */
  curveZoomMs: number;
  liveLatencyMs: number;
  liveLatencyMostMs: number;
}

export async function measureLive(folder: string): Promise<LiveFigures> {
  const dir = join(folder, 'live');
  const store = openStore(storePath(dir));
  fill(store, dir);
  const server = await startLiveServer({
    ...{ store, runsDir: runsDir(dir), host: '127.0.0.1', port: 0 },
    ...{ token: null, control: null },
  });
  const at = new URL(server.address()).origin;
  try {
    const long = `${at}/now/runs/${runId(RUNS)}`;
    const sixth = `${Math.floor(LONG_POINTS / 3)}:${Math.floor(LONG_POINTS / 2)}`;
    return {
      listedRuns: RUNS,
      runListMs: await answerMs(`${at}/runs`),
      runSearchMs: await answerMs(`${at}/runs?${new URLSearchParams({ where: FILTER, sort: 'test.top1' })}`),
      curvePoints: LONG_POINTS,
      curveMs: await answerMs(long),
      curveZoomMs: await answerMs(`${long}?zoom=train-loss:${sixth}`),
      ...(await latency(at, dir)),
    };
  } finally {
    await server.close();
    store.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

function fill(store: Store, dir: string): void {
  for (let i = 0; i < RUNS; i++) writeRunFolder(runsDir(dir), i, RUNS, STEPS);
  new Recorder(store, runsDir(dir)).ingestAll();
  recordLong(store, RUNS, LONG_POINTS);
}

async function answerMs(url: string): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const startMs = performance.now();
    const response = await fetch(url);
    const text = await response.text();
    times.push(performance.now() - startMs);
    if (!response.ok) throw new Error(`${url}: ${response.status} ${text.slice(0, 200)}`);
  }
  return Number(median(times).toFixed(1));
}

async function latency(at: string, dir: string): Promise<Pick<LiveFigures, 'liveLatencyMs' | 'liveLatencyMostMs'>> {
  const run = track({ experiment: 'live', dir, systemMetrics: false });
  for (let step = 1; step <= 1000; step++) run.log({ 'train.loss': 1 / step }, step);
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(`${at}/runs/${run.id}`);
    await page.locator('html[data-drawn="1"]').waitFor();
    const times: number[] = [];
    for (let step = 1001; step <= 1000 + ROUNDS; step++) {
      // Whatever the server's clock is at.
      await page.waitForTimeout(700 + ((step * 97) % 250));
      const startMs = performance.now();
      run.log({ 'train.loss': 1 / step }, step);
      while ((await page.evaluate<number>(`views['train-loss'].signal('last')`)) !== step) await page.waitForTimeout(5);
      times.push(performance.now() - startMs);
    }
    return { liveLatencyMs: Math.round(median(times)), liveLatencyMostMs: Math.round(Math.max(...times)) };
  } finally {
    await browser.close();
    run.finish();
  }
}
