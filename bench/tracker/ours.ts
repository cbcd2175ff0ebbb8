/**
 * What `drive.py` orders of other trackers, done by ours: `ours.js ORDER FOLDER [NUMBER…]`. What was written counts once it
 * is in the store, so recording it is a part of `rush`.
 */
import { writeSync } from 'node:fs';
import { runsDir, storePath } from '../../src/core/places.ts';
import { median } from '../../src/stats/index.ts';
import { track } from '../../src/track/index.ts';
import { listCuratedRuns } from '../../src/tracking/queries.ts';
import { Recorder } from '../../src/tracking/recorder.ts';
import { openStore, type Store } from '../../src/tracking/store.ts';
import { writeRunFolder } from '../store-fill.ts';

const METRICS = Array.from({ length: 10 }, (_, i) => `m${i}`);
const REPEATS = 9;
const WARM_UP_SECONDS = 0.5;

const ORDERS: Record<string, (folder: string, ...numbers: number[]) => unknown> = {
  pace(folder, seconds = 1, paceSeconds = 0) {
    const run = begin(folder, 'paced');
    const waits: number[] = [];
    const warmMs = performance.now() + 1000 * WARM_UP_SECONDS;
    for (let step = 1; performance.now() < warmMs + 1000 * seconds; step++) {
      const values = valuesAt(step);
      const before = performance.now();
      run.log(values, step);
      const after = performance.now();
      if (before > warmMs) waits.push(after - before);
      while (performance.now() < before + 1000 * paceSeconds);
    }
    run.finish();
    waits.sort((a, b) => a - b);
    const at = (share: number) => 1000 * (waits[Math.floor(share * (waits.length - 1))] as number);
    return { steps: waits.length, median: at(0.5), p99: at(0.99), worst: at(1) };
  },

  rush(folder, seconds = 1) {
    const run = begin(folder, 'rushed');
    const startMs = performance.now();
    let step = 0;
    while (performance.now() < startMs + 1000 * seconds) run.log(valuesAt(++step), step);
    run.finish();
    recordedStore(folder).close();
    return { points: (step + 1) * METRICS.length, seconds: (performance.now() - startMs) / 1000 };
  },

  write(folder, steps = 1) {
    const run = begin(folder, `writer-${process.pid}`);
    let worst = 0;
    for (let step = 1; step < steps; step++) {
      const values = valuesAt(step);
      const before = performance.now();
      run.log(values, step);
      worst = Math.max(worst, performance.now() - before);
    }
    run.finish();
    return { worst };
  },

  until_killed(folder, paceSeconds = 0) {
    const run = begin(folder, 'killed');
    for (let step = 1; ; step++) {
      const before = performance.now();
      run.log(valuesAt(step), step);
      writeSync(1, `${step}\n`);
      sleep(1000 * paceSeconds - (performance.now() - before));
    }
  },

  read(folder) {
    const store = recordedStore(folder);
    const sql = "SELECT count(*) FROM v_points WHERE metric = 'm0'";
    const steps = store.read(() => store.prepare<number>(sql, 'pluck').get());
    store.close();
    return { steps };
  },

  find(folder, runs = 1) {
    for (let i = 0; i < runs; i++) writeRunFolder(runsDir(folder), i, runs, 1);
    const store = recordedStore(folder);
    const times = Array.from({ length: REPEATS }, () => {
      const before = performance.now();
      const found = listCuratedRuns(store, { where: 'test.top1 < 0.9', limit: 100 }).length;
      if (found !== 100) throw new Error(`expected 100 runs, got ${found}`);
      return performance.now() - before;
    });
    store.close();
    return { runs, found: 100, ms: median(times) };
  },
};

/** The first step is logged: what is measured is that of a run that goes on. */
function begin(folder: string, name: string) {
  const run = track({ experiment: 'bench', name, dir: folder, systemMetrics: false });
  run.log(valuesAt(0), 0);
  return run;
}

function recordedStore(folder: string): Store {
  const store = openStore(storePath(folder));
  new Recorder(store, runsDir(folder)).ingestAll();
  return store;
}

const valuesAt = (step: number): Record<string, number> =>
  Object.fromEntries(METRICS.map((name, i) => [name, 1 / (step + i + 1)]));

function sleep(durationMs: number): void {
  if (durationMs > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, durationMs);
}

const [order = '', folder = '', ...numbers] = process.argv.slice(2);
console.log(JSON.stringify(ORDERS[order]?.(folder, ...numbers.map(Number))));
