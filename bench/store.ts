/**
 * What the store costs at scale: 10,000 runs of 10 metrics × 100 points, recorded from their folders, and one run of ten
 * million points; lists, filters, groups, curves and buckets of them; bytes per point. `npm run bench:store [RUNS [POINTS]]`;
 * the last line is JSON.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runsDir, storePath } from '../src/core/places.ts';
import { median } from '../src/stats/index.ts';
import { POINTS_BETWEEN } from '../src/tracking/curve-points.ts';
import { EventRecorder } from '../src/tracking/event-recorder.ts';
import * as queries from '../src/tracking/queries.ts';
import { Recorder } from '../src/tracking/recorder.ts';
import { openStore, type Store } from '../src/tracking/store.ts';
import { frameOfRun, METRICS, pointsEvent, recordLong, runId, writeRunFolder } from './store-fill.ts';
import { wholeProcesses } from './store-processes.ts';
import { measureShapes } from './store-shapes.ts';

const [runs = 10_000, longPoints = 10_000_000] = process.argv.slice(2).map(Number);
const STEPS = 100;
const REPEATS = 9;

const folder = mkdtempSync(join(process.env.BENCH_TMP ?? tmpdir(), 'bench-store-'));
try {
  const result = {
    runs,
    ...measureMany(folder),
    long: measureLong(folder),
    live: measureLive(folder),
    shapes: measureShapes(folder),
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function measureMany(dir: string) {
  let journalBytes = 0;
  for (let i = 0; i < runs; i++) journalBytes += writeRunFolder(runsDir(dir), i, runs, STEPS);
  const store = openStore(storePath(dir));
  const startMs = performance.now();
  const { points, problems } = new Recorder(store, runsDir(dir)).ingestAll();
  const pointsPerSecond = (1000 * points) / (performance.now() - startMs);
  if (points !== runs * STEPS * METRICS.length || problems.length > 0)
    throw new Error(`recorded ${points} points: ${problems[0]}`);
  const size = sizes(store, points);
  say(
    `recorded ${points} points from ${runs} journals of ${(journalBytes / points).toFixed(1)} bytes a point: ${Math.round(pointsPerSecond)} points/s`,
  );
  say(
    `${size.bytesPerPoint.toFixed(1)} bytes a point, ${size.storeBytesPerPoint.toFixed(1)} with all else in the store`,
  );
  const queriesMs = timeQueries(store);
  const looksMs = timeLooks(new Recorder(store, runsDir(dir)));
  store.close();
  const processes = wholeProcesses(dir, runs);
  for (const [name, { ms, processorMs }] of Object.entries(processes))
    say(`whole process, ${name}: ${ms.toFixed(0)} ms, of processors ${processorMs.toFixed(0)}`);
  return { points, pointsPerSecond, ...size, queriesMs, looksMs, processes };
}

/** What a recorder beside training costs that finds nothing new. It looks at all of old runs each two seconds. */
function timeLooks(recorder: Recorder): { full: number; between: number } {
  const look = (): number => {
    const startMs = performance.now();
    recorder.follow();
    return performance.now() - startMs;
  };
  look();
  const looks = Array.from({ length: REPEATS }, () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2100);
    return [look(), look()] as const;
  });
  const [full, between] = [0, 1].map(i => median(looks.map(pair => pair[i as 0 | 1]))) as [number, number];
  say(`a look beside training: ${full.toFixed(1)} ms each two seconds, ${between.toFixed(1)} ms between`);
  return { full, between };
}

function timeQueries(store: Store): Record<string, number> {
  const ten = queries.runIds(store, { limit: 10 });
  const asked: Record<string, () => unknown> = {
    'list: newest 50': () => queries.listCuratedRuns(store, { limit: 50 }),
    'list: 100 newest of test.top1 < 0.9': () =>
      queries.listCuratedRuns(store, { where: 'test.top1 < 0.9', limit: 100 }),
    'list: 100 of test.top1 < 0.01, all looked at': () =>
      queries.listCuratedRuns(store, { where: 'test.top1 < 0.01', limit: 100 }),
    'list: net = resnet-34 and test.top1 < 0.1, all': () =>
      queries.listCuratedRuns(store, { where: 'net = resnet-34 and test.top1 < 0.1' }),
    'list: state = finished and optimiser.rate < 0.05, 50': () =>
      queries.listCuratedRuns(store, { where: 'state = finished and optimiser.rate < 0.05', limit: 50 }),
    'list: none matches': () => queries.listCuratedRuns(store, { where: 'net ~ lenet or tag = none' }),
    'sort: test.top1, 50': () => queries.listCuratedRuns(store, { sort: 'test.top1', limit: 50 }),
    'group: arm': () => queries.groupRuns(store, {}, 'arm', ['train.loss', 'test.top1']),
    'group: net and optimiser.rate': () => queries.groupRuns(store, {}, 'net,optimiser.rate', ['test.top1']),
    'curves: 10 runs, one metric': () => queries.curves(store, { runs: ten, metrics: ['train.loss'] }),
    'curves: 10 runs, 10 metrics': () => queries.curves(store, { runs: ten }),
    'buckets: 10 runs, 10 metrics, 50 each': () => queries.bucketedCurves(store, { runs: ten, buckets: 50 }),
  };
  return Object.fromEntries(Object.entries(asked).map(([name, action]) => [name, timed(name, action)]));
}

/** One run with a curve of so many points, beside the others. */
function measureLong(dir: string) {
  const store = openStore(storePath(dir));
  const before = sizes(store, 1);
  const pointsPerSecond = recordLong(store, runs, longPoints);
  const grown = sizes(store, 1).bytesPerPoint - before.bytesPerPoint;
  say(
    `one curve of ${longPoints} points: ${Math.round(pointsPerSecond)} points/s, ${(grown / longPoints).toFixed(1)} bytes a point`,
  );
  const ask = { runs: [runId(runs)], metrics: ['train.loss'], buckets: 1000 };
  const scanStartMs = performance.now();
  const disagreement = compareWithScan(store, queries.bucketedCurves(store, ask)[0]?.buckets ?? []);
  const scanMs = performance.now() - scanStartMs;
  const zoomed = { ...ask, from: Math.floor(longPoints / 3) + 1, to: Math.floor(longPoints / 2) + 7 };
  const result = {
    points: longPoints,
    pointsPerSecond,
    bytesPerPoint: grown / longPoints,
    bucketsMs: timed('1,000 buckets of it', () => queries.bucketedCurves(store, ask)),
    zoomMs: timed('1,000 buckets of a sixth of it', () => queries.bucketedCurves(store, zoomed)),
    summaryMs: timed('its first, least and last value', () => queries.curveSummaries(store, runId(runs))),
    listMs: timed('list: newest 50, beside it', () => queries.listCuratedRuns(store, { limit: 50 })),
    scanMs,
    disagreement,
  };
  say(
    `the buckets against a look at every point (${scanMs.toFixed(0)} ms): counts, least and greatest equal, means within ${disagreement}`,
  );
  store.close();
  return result;
}

/** Throws where anything but a mean differs; returns the largest relative difference of two means. */
function compareWithScan(store: Store, buckets: readonly queries.Bucket[]): number {
  const key = (sql: string, name: string) => store.read(() => store.prepare<number>(sql, 'pluck').get(name)) as number;
  const run = key('SELECT key FROM runs WHERE id = ?', runId(runs));
  const metric = key('SELECT key FROM metric_names WHERE name = ?', 'train.loss');
  const sql = `SELECT value FROM (${POINTS_BETWEEN})`;
  let worst = 0;
  let total = 0;
  for (const bucket of buckets) {
    let [points, least, greatest, sum, numbers] = [0, Infinity, -Infinity, 0, 0];
    const values = store.read(() =>
      store.prepare<number | null>(sql, 'pluck').all(bucket.from, bucket.to, run, metric),
    );
    for (const value of values) {
      points++;
      if (value === null) continue;
      numbers++;
      sum += value;
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
    if (
      points !== bucket.points ||
      points - numbers !== bucket.notNumbers ||
      least !== bucket.min ||
      greatest !== bucket.max
    )
      throw new Error(`bucket ${JSON.stringify(bucket)} holds ${points} points from ${least} to ${greatest}`);
    worst = Math.max(worst, Math.abs(bucket.mean - sum / numbers) / Math.abs(sum / numbers));
    total += points;
  }
  if (total !== longPoints) throw new Error(`${total} of ${longPoints} points are in buckets`);
  return worst;
}

/** Eight runs recorded side by side while they run, five steps at a time: then the table grows in many places at once. */
function measureLive(dir: string) {
  const [runsAtOnce, steps, piece] = [8, 2000, 5];
  const live = join(dir, 'live');
  mkdirSync(live);
  const store = openStore(storePath(live));
  const recorder = new EventRecorder(store);
  const keys = Array.from({ length: runsAtOnce }, (_, i) => {
    return store.write(() => {
      const key = recorder.runKey(runId(i));
      recorder.record(key, frameOfRun(i, runsAtOnce).head);
      return key;
    });
  });
  const startMs = performance.now();
  for (let from = 0; from < steps; from += piece) {
    keys.forEach((key, i) => {
      const events = Array.from({ length: piece }, (_, k) => pointsEvent(i, from + k + 1));
      store.write(() => recorder.record(key, events));
    });
  }
  const points = runsAtOnce * steps * METRICS.length;
  const pointsPerSecond = (1000 * points) / (performance.now() - startMs);
  const { bytesPerPoint } = sizes(store, points);
  store.close();
  say(
    `recorded while they run, ${piece} steps at a time: ${Math.round(pointsPerSecond)} points/s, ${bytesPerPoint.toFixed(1)} bytes a point`,
  );
  return { runsAtOnce, points, pointsPerSecond, bytesPerPoint };
}

/** Pages of the points with their blocks, and all pages. */
function sizes(store: Store, points: number): { bytesPerPoint: number; storeBytesPerPoint: number } {
  const bytes = (where: string): number =>
    store.read(() => store.prepare<number>(`SELECT sum(pgsize) FROM dbstat ${where}`, 'pluck').get()) ?? 0;
  const ofPoints = bytes("WHERE name IN ('point_values', 'stretches', 'stretches_of', 'point_blocks')");
  return { bytesPerPoint: ofPoints / points, storeBytesPerPoint: bytes('') / points };
}

function timed(name: string, action: () => unknown): number {
  const times = Array.from({ length: REPEATS }, () => {
    const startMs = performance.now();
    action();
    return performance.now() - startMs;
  });
  const middle = median(times);
  say(`${name}: ${middle.toFixed(1)} ms (first ${(times[0] as number).toFixed(1)})`);
  return middle;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
