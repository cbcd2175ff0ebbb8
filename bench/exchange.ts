/**
 * How fast runs go out and come in, and what memory that takes: one run of a metric with a million points, each way
 * in a process of its own. `npm run bench:exchange`, or `npm run bench:exchange -- POINTS FORMAT,…`; the last line is JSON.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { runsDir, storePath } from '../src/core/places.ts';
import { type ExportFormat, exportRuns } from '../src/exchange/export.ts';
import { type ImportFormat, importRuns } from '../src/exchange/import.ts';
import { track } from '../src/track/index.ts';
import { runIds } from '../src/tracking/queries.ts';
import { Recorder } from '../src/tracking/recorder.ts';
import { openStore } from '../src/tracking/store.ts';
import { bytesIn } from './bytes-in.ts';

const POINTS = 1_000_000;
const FORMATS = 'tensorboard,csv,parquet,jsonl';
const SELF = fileURLToPath(import.meta.url);
const MIB = 2 ** 20;

interface Sitting {
  way: string;
  format: string;
  points: number;
  seconds: number;
  peakMiB: number;
  /** On the disk, of an export. */
  bytes?: number;
}

async function main(points: number, formats: readonly string[]): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'bench-exchange-'));
  try {
    await child('fill', root, String(points));
    const sittings: Sitting[] = [];
    for (const format of formats) {
      sittings.push(await child('export', root, format));
      if (format !== 'parquet') sittings.push(await child('import', root, format));
      rmSync(join(root, format), { recursive: true });
    }
    console.log(JSON.stringify(sittings));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function child(...args: string[]): Promise<Sitting> {
  const { stdout } = await promisify(execFile)(process.execPath, [SELF, ...args]);
  return JSON.parse(stdout) as Sitting;
}

async function work(way: string, root: string, what: string): Promise<Sitting> {
  const startedAtMs = performance.now();
  const points = way === 'fill' ? fill(root, Number(what)) : await move(way, root, what);
  const seconds = Number(((performance.now() - startedAtMs) / 1000).toFixed(2));
  const peakMiB = Math.round((process.resourceUsage().maxRSS * 1024) / MIB);
  return { way, format: what, points, seconds, peakMiB, ...(way === 'export' && { bytes: bytesIn(join(root, what)) }) };
}

function fill(root: string, points: number): number {
  const dir = join(root, 'ours');
  const run = track({ experiment: 'large', dir });
  for (let step = 1; step <= points; step++) run.log({ 'train.loss': 1 / step }, step);
  run.finish();
  const store = openStore(storePath(dir));
  const recorded = new Recorder(store, runsDir(dir)).ingestAll();
  store.close();
  return recorded.points;
}

async function move(way: string, root: string, format: string): Promise<number> {
  const python = 'python3';
  if (way === 'import') {
    const dir = join(root, `${format} back`);
    return (await importRuns(join(root, format), { format: format as ImportFormat, python, dir })).points;
  }
  const store = openStore(storePath(join(root, 'ours')));
  const options = { format: format as ExportFormat, out: join(root, format), python };
  return (await exportRuns(store, runIds(store, {}), options)).points;
}

const [first, second, third] = process.argv.slice(2);
if (third === undefined) await main(Number(first ?? POINTS), (second ?? FORMATS).split(','));
else console.log(JSON.stringify(await work(first as string, second as string, third)));
