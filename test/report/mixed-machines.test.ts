/** Runs of one comparison on machines of several types: where it is said, and that speeds are not compared. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { compareArms } from '../../src/api/compare.ts';
import type { Claim } from '../../src/core/experiment.ts';
import type { JournalEvent } from '../../src/core/journal.ts';
import { ablationTable } from '../../src/report/ablation/table.ts';
import type { ReportResults } from '../../src/report/costs.ts';
import { renderReport } from '../../src/report/index.ts';
import { gatherResults } from '../../src/report/results.ts';
import { loadExperiment } from '../../src/runner/experiments.ts';
import { listRuns, machineTypesOf } from '../../src/tracking/queries.ts';
import { attempt, cellEvent, end, point } from '../tracking/events.ts';
import { newPlace, openAll, type Place, writeJournal } from '../tracking/journals.ts';
import { PROVENANCE } from './example-results.ts';

const OLD = { cpu: 'Old', cpuFlags: ['avx2'], gpu: null };
const NEW = { cpu: 'New', cpuFlags: ['avx512f'], gpu: null };
const ARMS = ['plain-34', 'residual-34'];
const SEEDS = [1, 2, 3, 4];

let place: Place;
beforeEach(() => {
  place = newPlace();
  vi.stubEnv('BENCH_DIR', place.dir);
});
afterEach(() => void vi.unstubAllEnvs());

const ranOn = (machine: typeof OLD): JournalEvent => ({ type: 'provenance', time: 1_000_001, provenance: { machine } });

/** Of a run: the machine of each of its attempts. */
function write(arm: string, seed: number, machines: readonly (typeof OLD)[], speed: number): void {
  const id = `a${ARMS.indexOf(arm)}${seed}`.padEnd(12, '0');
  const attempts = machines.flatMap((machine, i): JournalEvent[] => [
    attempt(id, { attempt: i + 1, fromStep: i }),
    cellEvent({ arm, seed }),
    ranOn(machine),
    point(i + 1),
    ...(i + 1 < machines.length ? [end('killed', { step: i + 1 })] : []),
  ]);
  const figures = { 'train.loss': arm === 'plain-34' ? 2 + seed / 100 : 1, imagesPerSecond: speed };
  const metrics = Object.entries(figures).map(
    ([name, value]): JournalEvent => ({ type: 'metric', time: 1_000_100, name, value }),
  );
  writeJournal(place, id, [...attempts, ...metrics, end()]);
}

/** Seed 2's arms had two types, and a run of seed 3 changed its type between attempts. */
function writeAll(): void {
  for (const seed of SEEDS) write('plain-34', seed, seed === 3 ? [OLD, NEW] : [OLD], 100);
  for (const seed of SEEDS) write('residual-34', seed, [seed === 2 ? NEW : OLD], seed === 2 ? 900 : 200 + seed);
}

const claimOf = (id: string, metric: string): Claim => ({
  id,
  kind: 'superiority',
  statement: 'it differs',
  metric,
  unit: 'nats',
  contrast: { 'plain-34': 1, 'residual-34': -1 },
  margin: 0,
  published: '-',
});

async function gathered(): Promise<ReportResults> {
  const { store, recorder } = openAll(place);
  recorder.ingestAll();
  const claims = [claimOf('loss', 'train.loss'), claimOf('speed', 'imagesPerSecond')];
  const experiment = { ...(await loadExperiment('degradation-34')), claims };
  const plan = { experiment, tier: 'quick', specHash: 'spec-1', decides: true, arms: ARMS, seeds: SEEDS } as const;
  return gatherResults(store, { ...plan, runs: listRuns(store, {}) });
}

test('a run has the types of all its attempts', () => {
  writeAll();
  const { store, recorder } = openAll(place);
  recorder.ingestAll();
  const types = machineTypesOf(store, ['a03000000000', 'a12000000000', 'none']);
  expect(types.get('a03000000000')).toEqual(['Old (avx2)', 'New (avx512f)']);
  expect(types.get('a12000000000')).toEqual(['New (avx512f)']);
  expect(types.has('none')).toBe(false);
});

test('a verdict names its mixed pairs, and of a speed they are none', async () => {
  writeAll();
  const [loss, speed] = (await gathered()).verdicts;
  expect(loss).toMatchObject({ outcome: 'confirmed', mixed: [2, 3], seeds: SEEDS });
  expect(loss?.sentence).toMatch(/Of seeds 2, 3 the runs had machines of several types\.$/);
  expect(speed).toMatchObject({ outcome: 'inconclusive', mixed: [2, 3], seeds: [1, 4], effects: [-101, -104] });
  expect(speed?.because).toBe('seeds 2, 3 had machines of several types, and speed is compared within one type');
});

test('on one type of machine nothing is said', async () => {
  for (const arm of ARMS) for (const seed of SEEDS) write(arm, seed, [OLD], 100);
  const results = await gathered();
  expect(results.verdicts.map(({ mixed }) => mixed)).toEqual([undefined, undefined]);
  expect(Object.keys(results.clocks ?? {})).toHaveLength(8);
  expect(ablationTable(results).caption).not.toContain('several types');
});

test('the report says so, and its speeds and times are not of several types', async () => {
  writeAll();
  const results = await gathered();
  const { columns, rows, caption } = ablationTable(results);
  const at = columns.findIndex(({ metric }) => metric.name === 'imagesPerSecond');
  expect(rows.map(({ cells }) => cells[at]?.figure.values.map(({ seed }) => seed))).toEqual([
    [1, 2, 4],
    [1, 3, 4],
  ]);
  expect(caption).toContain('speeds are those on Old (avx2), others are left out');
  expect(results.clocks).toEqual({});
  const page = await renderReport({ ...results, provenance: PROVENANCE });
  expect(page).toContain('Runs of one pair had machines of several types: seeds 2, 3.');
  expect(page).toContain('Of seeds 2, 3 the runs of the arms had machines of several types');
});

test('compare() does the same', async () => {
  writeAll();
  const question = { from: 'plain-34', to: 'residual-34' };
  const loss = await compareArms({ ...question, metric: 'train.loss' });
  expect(loss).toMatchObject({ seeds: SEEDS, mixed: [2, 3] });
  const speed = await compareArms({ ...question, metric: 'imagesPerSecond' });
  expect(speed).toMatchObject({ seeds: [1, 4], mixed: [], to: [201, 204] });
});
