/** Made-up runs for benchmarks of the store and of what reads it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cell } from '../src/core/experiment.ts';
import type { Json } from '../src/core/ids.ts';
import { DEFAULT_INPUT } from '../src/core/input.ts';
import { encodeFrame, JOURNAL_MAGIC, type JournalEvent } from '../src/core/journal.ts';
import { runFiles } from '../src/core/places.ts';
import { EventRecorder } from '../src/tracking/event-recorder.ts';
import type { Store } from '../src/tracking/store.ts';

const NETS = ['plain-18', 'plain-34', 'resnet-18', 'resnet-34'];
export const METRICS = ['train.loss', 'train.top1', 'test.loss', 'test.top1', 'test.top5', 'a', 'b', 'c', 'd', 'e'];
const STARTED_AT = 1_790_000_000_000;

export const runId = (index: number): string => (0xa0_0000 + index).toString(16).padStart(12, '0');

/** What stands before and behind the points of run `index`. Each final figure is another permutation of i / runs. */
export function frameOfRun(index: number, runs: number): { head: JournalEvent[]; tail: JournalEvent[] } {
  const time = STARTED_AT + index * 60_000;
  const run = runId(index);
  const who = { pid: 1, processStart: 'gone', host: 'elsewhere', fromStep: 0 };
  const head: JournalEvent[] = [
    { type: 'attempt', time, run, attempt: 1, ...who },
    { type: 'cell', time, cell: cellOf(index) as unknown as Json },
  ];
  const figures = METRICS.map((name, m): JournalEvent => {
    return { type: 'metric', time, name, value: ((index * (7919 + 2 * m)) % runs) / runs };
  });
  return { head, tail: [...figures, { type: 'end', time: time + 50_000, state: 'finished', step: 100 }] };
}

export function pointsEvent(index: number, step: number): JournalEvent {
  const values = Object.fromEntries(METRICS.map((name, m) => [name, Math.sin(index + step * (m + 1))]));
  return { type: 'points', time: STARTED_AT + index * 60_000 + step * 97, step, values };
}

/** A run's folder as a worker leaves it. Returns the journal's bytes. */
export function writeRunFolder(runsDir: string, index: number, runs: number, steps: number): number {
  const { head, tail } = frameOfRun(index, runs);
  const points = Array.from({ length: steps }, (_, i) => pointsEvent(index, i + 1));
  const journal = Buffer.concat([JOURNAL_MAGIC, ...[...head, ...points, ...tail].map(encodeFrame)]);
  const folder = join(runsDir, runId(index));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, runFiles.journal), journal);
  return journal.length;
}

/** One run with a curve of so many points, without a journal. Returns how many points a second the store took. */
export function recordLong(store: Store, index: number, points: number): number {
  const recorder = new EventRecorder(store);
  const { head, tail } = frameOfRun(index, index + 1);
  const key = store.write(() => recorder.runKey(runId(index)));
  store.write(() => recorder.record(key, [...head, ...tail]));
  let elapsedMs = 0;
  const piece = 10_000;
  for (let from = 0; from < points; from += piece) {
    const events = Array.from({ length: Math.min(piece, points - from) }, (_, i) => {
      const step = from + i + 1;
      const time = STARTED_AT + index * 60_000 + 97 * step;
      return { type: 'points', time, step, values: { 'train.loss': valueAt(step) } } as const;
    });
    const startMs = performance.now();
    store.write(() => recorder.record(key, events));
    elapsedMs += performance.now() - startMs;
  }
  return (1000 * points) / elapsedMs;
}

function valueAt(step: number): number | 'NaN' {
  return step % 99_991 === 0 ? 'NaN' : 2 / Math.sqrt(step) + 0.1 * Math.sin(step * 12.9898);
}

function cellOf(index: number): Cell {
  const net = NETS[index % NETS.length] as string;
  const seed = Math.floor(index / NETS.length);
  const identity = `${net} ${seed}`;
  const hashes = { specHash: 'spec', codeHash: 'code', dataHash: 'data', identity };
  const levels = { net: net.split('-')[0] as string, depth: net.split('-')[1] as string };
  const config = {
    ...{ net, options: {}, dataset: 'cifar-10', trainImages: 'all', input: DEFAULT_INPUT, steps: 100, batch: 128 },
    ...{ precision: 'float32', loss: { kind: 'cross-entropy', smoothing: 0 }, lastSteps: 5 },
    optimiser: { kind: 'sgd', rate: 0.1 / (1 + (index % 3)), momentum: 0.9, nesterov: false, weightDecay: 1e-4 },
    evaluate: { every: 50, images: 'all', procedures: [] },
  } as unknown as Cell['config'];
  const execution = { threads: 1, device: 'cpu' } as const;
  const cell = { experiment: 'degradation', tier: 'quick', arm: net, levels, seed, startsFrom: null };
  return { ...cell, config, execution, ...hashes } as unknown as Cell;
}
