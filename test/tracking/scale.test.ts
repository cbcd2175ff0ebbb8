/** A few thousand runs against plain loops over the same runs: what SQL chooses, orders and sums is what a person would. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JournalEvent } from '../../src/core/journal.ts';
import { stream } from '../../src/core/random.ts';
import type { RunSummary } from '../../src/core/results.ts';
import { EventRecorder } from '../../src/tracking/event-recorder.ts';
import { curate, groupRuns, listRuns, runIds } from '../../src/tracking/queries.ts';
import { openStore, type Store } from '../../src/tracking/store.ts';
import { newFolder } from '../new-folder.ts';
import { attempt, cellEvent, end, makeCell } from './events.ts';

const RUNS = 3000;
const NETS = ['plain-18', 'plain-34', 'resnet-18', 'resnet-34'];

const dir = newFolder(afterAll);
let store: Store;
let runs: RunSummary[];
const rates = new Map<string, number>();

beforeAll(() => {
  store = openStore(join(dir, 'store.sqlite'));
  const recorder = new EventRecorder(store);
  const draws = stream(1, 'scale');
  store.write(() => {
    for (let i = 0; i < RUNS; i++) {
      const id = `r${String(i).padStart(6, '0')}`;
      const rate = [0.1, 0.05, 0.01][draws.below(3)] as number;
      rates.set(id, rate);
      recorder.record(
        recorder.runKey(id),
        eventsOf(id, i, rate, draws.below(10), Math.round(draws.uniform() * 100) / 100),
      );
    }
  });
  runs = listRuns(store);
  curate(
    store,
    runs.filter(run => run.seed % 10 === 0).map(run => run.id),
    { action: 'tag', add: ['tenth'], remove: [] },
  );
});

afterAll(() => store.close());

function eventsOf(id: string, i: number, rate: number, kind: number, top1: number): JournalEvent[] {
  const net = NETS[i % NETS.length] as string;
  const { config } = makeCell({ arm: net });
  const optimiser = { ...config.optimiser, rate } as typeof config.optimiser;
  const figure: JournalEvent = { type: 'metric', time: 1, name: 'test.top1', value: kind === 0 ? 'NaN' : top1 };
  const events = [attempt(id, { time: 1e12 + i }), cellEvent({ arm: net, seed: i, config: { ...config, optimiser } })];
  return kind === 1 ? [...events, end('failed')] : [...events, figure, ...(kind === 2 ? [] : [end()])];
}

const top1 = (run: RunSummary): number | undefined => run.metrics['test.top1'];

describe('choosing', () => {
  test.each<[string, (run: RunSummary) => boolean]>([
    ['test.top1 < 0.3', run => (top1(run) ?? 1) < 0.3],
    ['not (test.top1 >= 0.3)', run => !((top1(run) ?? 0) >= 0.3)],
    ['net = resnet-34 and test.top1 < 0.1', run => run.arm === 'resnet-34' && (top1(run) ?? 1) < 0.1],
    ['optimiser.rate <= 0.05 or state = failed', run => (rates.get(run.id) ?? 1) <= 0.05 || run.state === 'failed'],
    ['state = running and seed > 1500', run => run.state === 'running' && run.seed > 1500],
    ['tag = tenth and not arm ~ PLAIN', run => run.seed % 10 === 0 && !run.arm.includes('plain')],
    ['test.top1 = NaN', run => Number.isNaN(top1(run) ?? 0)],
  ])('%s', (where, keeps) => {
    const expected = runs.filter(keeps).map(run => run.id);
    expect(expected.length).toBeGreaterThan(0);
    expect(runIds(store, { where })).toEqual(expected);
    expect(runIds(store, { where, limit: 7 })).toEqual(expected.slice(0, 7));
  });
});

test('order by a figure: numbers, then NaN, then runs without it; the newest first among equals', () => {
  const rank = (run: RunSummary): number => {
    const value = top1(run);
    return value === undefined ? 3 : Number.isNaN(value) ? 2 : value;
  };
  const expected = [...runs].sort((a, b) => rank(a) - rank(b) || (b.startedAt ?? 0) - (a.startedAt ?? 0));
  expect(runIds(store, { sort: 'test.top1' })).toEqual(expected.map(run => run.id));
});

test('groups hold every run once, and the figures of finished ones', () => {
  const groups = groupRuns(store, { where: 'test.top1 != NaN or state = failed' }, 'arm,optimiser.rate', ['test.top1']);
  expect(groups).toHaveLength(12);
  for (const { by, runs: count, states, figures } of groups) {
    const members = runs.filter(
      run => run.arm === by.arm && rates.get(run.id) === by['optimiser.rate'] && !Number.isNaN(top1(run) ?? 0),
    );
    expect(count).toBe(members.length);
    expect(Object.values(states).reduce((sum, n) => sum + n, 0)).toBe(count);
    const values = members.filter(run => run.state === 'finished').map(top1) as number[];
    expect(figures['test.top1']?.runs).toBe(values.length);
    expect(figures['test.top1']?.mean).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / values.length, 12);
    expect(figures['test.top1']?.min).toBe(Math.min(...values));
  }
});

test('the newest of many are read from an index, whatever the filter: nothing is sorted', () => {
  const plan = store.read(() =>
    store
      .prepare<{ detail: string }>(
        `EXPLAIN QUERY PLAN SELECT runs.key FROM runs CROSS JOIN cells ON cells.key = runs.cell
          ORDER BY runs.started_at DESC, runs.key DESC LIMIT 100`,
      )
      .all(),
  );
  expect(plan.map(row => row.detail).join('; ')).toMatch(/USING (?:COVERING )?INDEX runs_started/);
  expect(plan.map(row => row.detail).join('; ')).not.toMatch(/TEMP B-TREE/);
});
