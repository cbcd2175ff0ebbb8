/** Journals that grow all at once, and a recorder that follows them as `bench run` does. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { runFiles } from '../../src/core/places.ts';
import { runNames } from '../../src/tracking/folder-watch.ts';
import { Recorder } from '../../src/tracking/recorder.ts';
import { openStore, type Store } from '../../src/tracking/store.ts';
import { say } from './measure.ts';

const WRITER = fileURLToPath(new URL('./writer.js', import.meta.url));
/** As `bench run --on slurm` does. */
const TICK_MS = 250;
const FOLLOW_MS = 1000;
const METRICS = 2;
const LAG_MS = 1000;
const QUIET = { throwIfNoEntry: false } as const;

export interface Growth {
  journals: number;
  /** Of each journal. */
  stepsPerSecond: number;
  seconds: number;
}

export async function ingest(growth: Growth): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'bench-ingest-'));
  const numbers = Object.values(growth).map(String);
  const writer = spawn(process.execPath, [WRITER, join(dir, 'runs'), ...numbers], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    say({ what: 'journals that grow', ...growth, ...(await follow(dir, writer)) });
    say({ what: 'the same journals at once', ...(await atOnce(dir)) });
  } finally {
    writer.kill();
    rmSync(dir, { recursive: true });
  }
}

/** `behindSeconds`: how far the store was behind the journals, at most, just before a look. */
async function follow(dir: string, writer: ChildProcess): Promise<object> {
  const store = openStore(join(dir, 'store.sqlite'));
  const recorder = new Recorder(store, join(dir, 'runs'));
  const lines: Written[] = [];
  createInterface({ input: writer.stdout as NodeJS.ReadableStream }).on('line', line => lines.push(JSON.parse(line)));
  const before = process.cpuUsage();
  let [points, behindBytes] = [0, 0];
  for (let lookedAtMs = 0; writer.exitCode === null; await delay(TICK_MS)) {
    const startMs = performance.now();
    if (startMs - lookedAtMs >= LAG_MS) {
      lookedAtMs = startMs;
      behindBytes = Math.max(behindBytes, bytesIn(join(dir, 'runs')) - recordedBytes(store));
    }
    points += recorder.follow(FOLLOW_MS).points;
  }
  const { user, system } = process.cpuUsage(before);
  const endMs = performance.now();
  points += recorder.ingestAll().points;
  const { bytes, seconds, steps } = lines.at(-1) as Written;
  const megabytesPerSecond = bytes / 1e6 / seconds;
  store.close();
  return {
    writtenStepsPerSecond: Math.round(steps / seconds),
    megabytesPerSecond: rounded(megabytesPerSecond),
    pointsLost: steps * METRICS - points,
    behindSeconds: rounded(behindBytes / 1e6 / megabytesPerSecond),
    processorShare: rounded((user + system) / 1e6 / seconds),
    throughAfterSeconds: rounded((performance.now() - endMs) / 1000),
  };
}

const bytesIn = (runs: string): number =>
  runNames(runs).reduce((sum, run) => sum + (statSync(join(runs, run, runFiles.journal), QUIET)?.size ?? 0), 0);

interface Written {
  bytes: number;
  steps: number;
  seconds: number;
}

const recordedBytes = (store: Store): number =>
  store.prepare<number>('SELECT coalesce(sum(journal_offset), 0) FROM runs', 'pluck').get() as number;

/** Into a new store. */
async function atOnce(dir: string): Promise<object> {
  const store = openStore(join(dir, 'again.sqlite'));
  const startMs = performance.now();
  const { points, journals } = new Recorder(store, join(dir, 'runs')).ingestAll();
  const seconds = (performance.now() - startMs) / 1000;
  const megabytes = recordedBytes(store) / 1e6;
  store.close();
  return {
    seconds: rounded(seconds),
    megabytes: rounded(megabytes),
    megabytesPerSecond: rounded(megabytes / seconds),
    pointsPerSecond: Math.round(points / seconds),
    runsPerSecond: Math.round(journals / seconds),
  };
}

const rounded = (value: number): number => Number(value.toPrecision(3));
