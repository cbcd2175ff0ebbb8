/** From an event of training to an answer about it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeFrame, JOURNAL_MAGIC, type JournalEvent } from '../../core/journal.ts';
import { runFiles, runsDir, storePath } from '../../core/places.ts';
import { trackedCell } from '../../core/tracked-cell.ts';
import { openJournal } from '../../runner/journal-writer.ts';
import { bucketedCurves, listRuns } from '../../tracking/queries.ts';
import { Recorder } from '../../tracking/recorder.ts';
import { openStore, type Store } from '../../tracking/store.ts';
import { defineSuite } from '../suite.ts';

const RUNS = 25;
const STEPS = 200;
const METRICS = ['train.loss', 'train.top1', 'test.loss', 'test.top1', 'rate'];
/** Points of one sample of `append`: a single one is too short to time. */
const APPENDED = 1000;
const BUCKETS = 50;

export default defineSuite({
  name: 'tracker',
  about: `${APPENDED} points into a journal; ${RUNS} runs into a store; questions to it`,
  benchmarks: {
    append: () => {
      const journal = openJournal(join(newFolder(), runFiles.journal));
      let step = 0;
      return () => {
        for (let i = 0; i < APPENDED; i++) journal.append(pointsAt(step++));
      };
    },
    ingest: () => {
      const dir = filledFolder();
      let stores = 0;
      return () => recorded(dir, `store-${stores++}.sqlite`).close();
    },
    list: () => {
      const store = recorded(filledFolder());
      return () => listRuns(store, { where: 'test.loss < 0.5', limit: 50 });
    },
    curves: () => {
      const store = recorded(filledFolder());
      const runs = Array.from({ length: 10 }, (_, i) => runId(i));
      return () => bucketedCurves(store, { runs, buckets: BUCKETS });
    },
  },
});

function recorded(dir: string, name?: string): Store {
  const store = openStore(name === undefined ? storePath(dir) : join(dir, name));
  new Recorder(store, runsDir(dir)).ingestAll();
  return store;
}

function filledFolder(): string {
  const dir = newFolder();
  for (let i = 0; i < RUNS; i++) {
    const folder = join(runsDir(dir), runId(i));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, runFiles.journal), Buffer.concat([JOURNAL_MAGIC, ...eventsOf(i).map(encodeFrame)]));
  }
  return dir;
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-speed-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const runId = (index: number): string => index.toString(16).padStart(12, '0');

function eventsOf(index: number): JournalEvent[] {
  const run = runId(index);
  const cell = trackedCell({ run, experiment: 'made-up', arm: `arm ${index % 4}`, seed: index, config: {} });
  const figures = METRICS.map((name): JournalEvent => ({ type: 'metric', time: STEPS, name, value: index / RUNS }));
  return [
    { type: 'attempt', time: 0, run, attempt: 1, pid: 1, processStart: 'gone', host: 'elsewhere', fromStep: 0 },
    { type: 'cell', time: 0, cell },
    ...Array.from({ length: STEPS }, (_, step) => pointsAt(step)),
    ...figures,
    { type: 'end', time: STEPS, state: 'finished', step: STEPS },
  ];
}

function pointsAt(step: number): JournalEvent {
  const values = Object.fromEntries(METRICS.map((name, i) => [name, Math.sin(step * (i + 1))]));
  return { type: 'points', time: step, step, values };
}
