/**
 * `npm run test:exchange`: each export is read by the program that it is for, each import takes what that program wrote.
 * A line of JSON for each, then `{"checks", "failed"}`. Needs Python 3; the rest it installs once, in the cache.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { encodeFrame, JOURNAL_MAGIC, toWire, type WireNumber } from '../../../src/core/journal.ts';
import { type ExportFormat, exportRuns } from '../../../src/exchange/export.ts';
import { type ImportFormat, importRuns } from '../../../src/exchange/import.ts';
import { Recorder } from '../../../src/tracking/recorder.ts';
import { openStore, type Store } from '../../../src/tracking/store.ts';
import { contentOf, madeUpRuns } from '../content.ts';
import { askPython, readersPython } from './python.ts';

type Curves = Record<string, Record<string, [step: number, value: WireNumber, time: number][]>>;

const LARGEST = Number.MAX_VALUE;
const THEIRS = [1, 0.5, 0.1 + 0.2, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

const root = mkdtempSync(join(tmpdir(), 'exchange-readers-'));

async function main(): Promise<number> {
  const python = await readersPython();
  const store = recordedStore('ours');
  const checks = [];
  for (const format of ['tensorboard', 'csv', 'parquet', 'jsonl', 'mlflow'] as const) {
    checks.push(await readByThem(store, format, python));
    if (format !== 'parquet') checks.push(await readBack(store, format, python));
  }
  for (const format of ['tensorboard', 'mlflow', 'csv', 'wandb'] as const)
    checks.push(await takenFromThem(format, python));
  store.close();
  const failed = checks.filter(check => !check.equal).length;
  console.log(JSON.stringify({ checks: checks.length, failed }));
  return failed === 0 ? 0 : 1;
}

interface Read {
  version: string;
  runs: Curves;
  /** Run → its tags, as TensorBoard lists them: by its library, and by the server that it starts. */
  shown?: object;
  served?: object;
}

/** Their reader finds every value, step and time of ours. */
async function readByThem(store: Store, format: ExportFormat, python: string) {
  const out = join(root, format);
  await exportRuns(store, ids(store), { format, out, python });
  const { version, runs, shown, served } = await askPython<Read>(python, 'read', format, out);
  const expected = curvesOf(store, format === 'mlflow' ? inMlflow : toWire);
  const isShown = [shown, served].every(tags => tags === undefined || isDeepStrictEqual(tags, tagsOf(expected)));
  return told({
    format,
    way: 'their reader',
    version,
    points: count(expected),
    equal: isDeepStrictEqual(runs, expected) && isShown,
  });
}

/** Our import of what is there gives the store that was exported. */
async function readBack(store: Store, format: ImportFormat & ExportFormat, python: string) {
  const dir = join(root, `${format} back`);
  const { points } = await importRuns(join(root, format), { format, python, dir });
  const back = recordedStore(`${format} back`);
  const wireOf = format === 'mlflow' ? fromMlflow : toWire;
  const [found, expected] = [back, store].map(one => ({ curves: curvesOf(one, wireOf), records: recordsOf(one) }));
  back.close();
  return told({ format, way: 'export and import', points, equal: isDeepStrictEqual(found, expected) });
}

/** A run that their program wrote arrives here. */
async function takenFromThem(format: ImportFormat, python: string) {
  const path = join(root, `${format} theirs`);
  mkdirSync(path);
  const { version } = await askPython<{ version: string }>(python, 'write', format, path);
  const dir = join(root, `${format} taken`);
  await importRuns(format === 'csv' ? join(path, 'theirs.csv') : path, { format, python, dir });
  const store = recordedStore(`${format} taken`);
  const [run] = contentOf(store);
  store.close();
  const found = run?.points.map(point => [point.metric, point.step, toWire(point.value)]);
  const single = format === 'tensorboard' ? Math.fround : (value: number) => value;
  const expected = THEIRS.map((value, step) => ['loss', step, toWire(single(value))]);
  return told({
    format,
    way: 'their writer',
    version,
    points: found?.length ?? 0,
    equal: isDeepStrictEqual(found, expected),
  });
}

function recordedStore(name: string): Store {
  const dir = join(root, name);
  if (name === 'ours') writeRuns(join(dir, 'runs'));
  const store = openStore(join(dir, 'store.sqlite'));
  new Recorder(store, join(dir, 'runs')).ingestAll();
  return store;
}

function writeRuns(folder: string): void {
  for (const [id, events] of madeUpRuns()) {
    mkdirSync(join(folder, id), { recursive: true });
    writeFileSync(join(folder, id, 'journal'), Buffer.concat([JOURNAL_MAGIC, ...events.map(encodeFrame)]));
  }
}

const ids = (store: Store): string[] => contentOf(store).map(run => run.id);

function curvesOf(store: Store, wireOf: (value: number) => WireNumber): Curves {
  return Object.fromEntries(
    contentOf(store).map(({ id, points }) => {
      const metrics: Curves[string] = {};
      for (const { metric, step, value, time } of points) {
        const curve = metrics[metric] ?? [];
        metrics[metric] = curve;
        curve.push([step, wireOf(value), time]);
      }
      return [id, metrics];
    }),
  );
}

const tagsOf = (curves: Curves) =>
  Object.fromEntries(Object.entries(curves).map(([run, tags]) => [run, Object.keys(tags).sort()]));

/** MLflow's store has no infinities: the largest double stands for them, and an import takes it for one. */
const inMlflow = (value: number): WireNumber =>
  toWire(Math.abs(value) === Infinity ? Math.sign(value) * LARGEST : value);
const fromMlflow = (value: number): WireNumber =>
  toWire(Math.abs(value) === LARGEST ? Math.sign(value) * Infinity : value);

const recordsOf = (store: Store): object[] => contentOf(store).map(({ points: _, ...record }) => record);

const count = (curves: Curves): number =>
  Object.values(curves).flatMap(metrics => Object.values(metrics).flat()).length;

function told<T extends object>(check: T): T {
  console.log(JSON.stringify(check));
  return check;
}

process.exitCode = await main().finally(() => rmSync(root, { recursive: true, force: true }));
