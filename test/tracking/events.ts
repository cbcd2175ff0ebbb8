/** Events of made-up runs. Imported by tests and by the processes that they start. */
import { hostname } from 'node:os';
import type { Cell } from '../../src/core/experiment.ts';
import type { Json } from '../../src/core/ids.ts';
import { DEFAULT_INPUT } from '../../src/core/input.ts';
import type { JournalEvent } from '../../src/core/journal.ts';
import { processStart } from '../../src/core/process.ts';

export function makeCell(changes: Partial<Cell> = {}): Cell {
  const arm = changes.arm ?? 'plain-34';
  const seed = changes.seed ?? 1;
  return {
    experiment: 'degradation-34',
    tier: 'quick',
    arm,
    levels: { net: arm.split('-')[0] ?? '', depth: '34' },
    seed,
    config: {
      net: arm,
      options: { widths: [16, 32] },
      dataset: 'cifar10',
      trainImages: 'all',
      input: DEFAULT_INPUT,
      steps: 10,
      batch: 128,
      precision: 'float32',
      optimiser: {
        kind: 'sgd',
        rate: 0.1,
        momentum: 0.9,
        nesterov: false,
        weightDecay: 0.0001,
        decayed: 'all',
        clipNorm: null,
        averaging: null,
        warmupSteps: 0,
        schedule: { kind: 'constant' },
      },
      match: null,
      start: null,
      loss: { kind: 'cross-entropy', smoothing: 0 },
      evaluate: { every: 5, images: 'all', final: 'all', procedures: [{ kind: 'single-crop' }], lesions: null },
      lastSteps: 5,
    },
    execution: { threads: 1, device: 'cpu' },
    specHash: 'spec-1',
    codeHash: 'code-1',
    dataHash: 'data-1',
    startsFrom: null,
    identity: `identity ${arm} ${seed}`,
    ...changes,
  };
}

export const attempt = (
  run: string,
  changes: Partial<Extract<JournalEvent, { type: 'attempt' }>> = {},
): JournalEvent => ({
  type: 'attempt',
  time: 1_000_000,
  run,
  attempt: 1,
  pid: process.pid,
  processStart: processStart(process.pid) ?? '',
  host: hostname(),
  fromStep: 0,
  ...changes,
});

export const cellEvent = (changes: Partial<Cell> = {}): JournalEvent => ({
  type: 'cell',
  time: 1_000_001,
  cell: makeCell(changes) as unknown as Json,
});

export const point = (step: number, loss: number | 'NaN' | 'Infinity' | '-Infinity' = 1 / step): JournalEvent => ({
  type: 'points',
  time: 1_000_001 + step,
  step,
  values: { 'train.loss': loss },
});

export const end = (state: 'finished' | 'failed' | 'killed' = 'finished', changes = {}): JournalEvent => ({
  type: 'end',
  time: 1_002_000,
  state,
  step: 10,
  ...changes,
});

/** A whole run: attempt, cell, three points, what is given, and its end. */
export function finishedRun(run: string, changes: Partial<Cell> = {}, ...more: JournalEvent[]): JournalEvent[] {
  return [attempt(run), cellEvent(changes), point(1), point(2), point(3), ...more, end()];
}
