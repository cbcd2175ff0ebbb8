import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import type { Cell } from '../../src/core/experiment.ts';
import type { JournalEvent } from '../../src/core/journal.ts';
import type { ClaimVerdict, Provenance } from '../../src/core/results.ts';
import {
  curves,
  experimentNames,
  findRun,
  finishedIdentities,
  lastVerdicts,
  latestRuns,
  latestValues,
  listRuns,
  metricNames,
  provenanceDifferences,
  provenanceOf,
  runDetail,
  runsOfCells,
  saveVerdicts,
  valuesByArm,
} from '../../src/tracking/queries.ts';
import { attempt, cellEvent, end, finishedRun, makeCell, point } from './events.ts';
import { newPlace, openAll, writeJournal } from './journals.ts';

const metric = (name: string, value: number): JournalEvent => ({ type: 'metric', time: 1, name, value });

/** A run that began at `minute`. */
const runAt = (
  minute: number,
  id: string,
  changes: Partial<Cell>,
  ...rest: JournalEvent[]
): [string, JournalEvent[]] => [id, [attempt(id, { time: 1_000_000 + minute * 60_000 }), cellEvent(changes), ...rest]];

function storeOf(...runs: [string, JournalEvent[]][]) {
  const place = newPlace();
  for (const [id, events] of runs) writeJournal(place, id, events);
  const { store, recorder } = openAll(place);
  expect(recorder.ingestAll().problems).toEqual([]);
  return store;
}

const sample = () =>
  storeOf(
    runAt(1, 'aa1000000000', { arm: 'plain-34', seed: 1 }, point(1), metric('test.top1', 0.5), end()),
    runAt(2, 'aa2000000000', { arm: 'residual-34', seed: 1 }, point(1), metric('test.top1', 0.25), end()),
    runAt(3, 'ab3000000000', { arm: 'plain-34', seed: 2 }, point(1), end('failed', { reason: 'loss is NaN' })),
    runAt(4, 'ab4000000000', { arm: 'plain-34', seed: 1 }, point(1), point(2)),
    runAt(5, 'ac5000000000', { experiment: 'width', tier: 'smoke', arm: 'w1' }, metric('test.top1', 0.75), end()),
  );

const ids = (runs: readonly { id: string }[]): string[] => runs.map(run => run.id.slice(0, 3));

test('lists newest first, filtered and limited', () => {
  const store = sample();
  expect(ids(listRuns(store))).toEqual(['ac5', 'ab4', 'ab3', 'aa2', 'aa1']);
  expect(ids(listRuns(store, { experiment: 'degradation-34', limit: 2 }))).toEqual(['ab4', 'ab3']);
  expect(ids(listRuns(store, { tier: 'smoke' }))).toEqual(['ac5']);
  expect(ids(listRuns(store, { arm: 'plain-34', state: 'finished' }))).toEqual(['aa1']);
  expect(ids(listRuns(store, { state: 'finished', limit: 2 }))).toEqual(['ac5', 'aa2']);
  expect(listRuns(store, { experiment: "'; DROP TABLE runs; --" })).toEqual([]);
  expect(experimentNames(store)).toEqual(['degradation-34', 'width']);
});

test('a summary holds the cell, the state with its reason, and the final figures', () => {
  expect(listRuns(sample(), { state: 'failed' })[0]).toEqual({
    id: 'ab3000000000',
    experiment: 'degradation-34',
    tier: 'quick',
    arm: 'plain-34',
    levels: { net: 'plain', depth: '34' },
    seed: 2,
    specHash: 'spec-1',
    identity: 'identity plain-34 2',
    state: 'failed',
    reason: 'loss is NaN',
    step: 10,
    steps: 10,
    attempts: 1,
    startedAt: 1_180_000,
    endedAt: 1_002_000,
    metrics: {},
  });
});

describe('finding a run', () => {
  test('by any unique beginning of its id', () => {
    const store = sample();
    expect(findRun(store, 'aa2')).toMatchObject({ arm: 'residual-34', metrics: { 'test.top1': 0.25 } });
    expect(findRun(store, 'ac5000000000').experiment).toBe('width');
  });

  test.each([
    ['zz', /^no run whose id begins with "zz"/],
    ['', /^no run whose id begins with ""/],
    ['a%', /^no run/],
    ['aa', /^"aa" begins the ids of several runs: aa2000000000, aa1000000000\. Type more/],
  ])('"%s" is told in one line', (prefix, message) => {
    expect(() => findRun(sample(), prefix)).toThrow(message);
    expect(() => findRun(sample(), prefix)).toThrow(UserError);
  });

  test('an id that another one begins with is found', () => {
    const store = storeOf(['abc', finishedRun('abc')], ['abcd', finishedRun('abcd', { seed: 2 })]);
    expect(findRun(store, 'abc').seed).toBe(1);
  });
});

test('detail: configuration, attempts, artifacts, provenance, folder and log', () => {
  const provenance: JournalEvent = { type: 'provenance', time: 1, provenance: { code: { commit: 'c0ffee' } } };
  const artifact: JournalEvent = { type: 'artifact', time: 1, name: 'weights', path: 'w.bin', sha256: 'ab', bytes: 12 };
  const second = attempt('a1', { attempt: 2, fromStep: 2 });
  const store = storeOf(['a1', [attempt('a1'), cellEvent(), provenance, point(3), second, artifact, point(4), end()]]);
  const detail = runDetail(store, 'a1');
  expect(detail.cell).toEqual(makeCell());
  expect(detail.params).toMatchObject({
    'optimiser.rate': 0.1,
    'options.widths': [16, 32],
    threads: 1,
    net: 'plain-34',
  });
  expect(detail.attemptList).toMatchObject([
    { attempt: 1, step: 3, endState: null, lastEventAt: 1_000_004 },
    { attempt: 2, fromStep: 2, step: 10, endState: 'finished' },
  ]);
  expect(detail.artifacts).toEqual([{ name: 'weights', path: 'w.bin', sha256: 'ab', bytes: 12 }]);
  expect(detail.provenance).toEqual({ code: { commit: 'c0ffee' } });
  expect(detail.folders).toEqual([expect.stringMatching(/runs\/a1$/)]);
  expect(detail.logs).toEqual([expect.stringMatching(/runs\/a1\/log\.txt$/)]);
});

test('curves by run and metric, in the order of steps', () => {
  const evaluation: JournalEvent = { type: 'points', time: 1, step: 2, values: { 'test.loss': 3, 'test.top1': 0.5 } };
  const store = storeOf(['a1', finishedRun('a1', {}, evaluation)], ['a2', finishedRun('a2', { arm: 'residual-34' })]);
  expect(curves(store, { runs: ['a2', 'a1', 'none'], metrics: ['train.loss', 'test.loss', 'none'] })).toEqual([
    {
      run: 'a2',
      arm: 'residual-34',
      seed: 1,
      metric: 'train.loss',
      points: [
        [1, 1],
        [2, 1 / 2],
        [3, 1 / 3],
      ],
    },
    { run: 'a1', arm: 'plain-34', seed: 1, metric: 'test.loss', points: [[2, 3]] },
    {
      run: 'a1',
      arm: 'plain-34',
      seed: 1,
      metric: 'train.loss',
      points: [
        [1, 1],
        [2, 1 / 2],
        [3, 1 / 3],
      ],
    },
  ]);
  expect(metricNames(store)).toEqual(['test.loss', 'test.top1', 'train.loss']);
  expect(metricNames(store, ['a2'])).toEqual(['train.loss']);
  expect(latestValues(store, 'a1')).toEqual({ 'test.loss': 3, 'test.top1': 0.5, 'train.loss': 1 / 3 });
  expect(latestValues(store, 'none')).toEqual({});
});

describe('the runs that count', () => {
  test('of each arm and seed the newest finished, else the newest at all', () => {
    expect(ids(latestRuns(sample(), 'degradation-34', 'quick'))).toEqual(['aa1', 'ab3', 'aa2']);
  });

  test('of the newest spec, unless one is given', () => {
    const store = storeOf(
      runAt(1, 'a1', { specHash: 'old' }, end()),
      runAt(2, 'a2', { specHash: 'old', seed: 2 }, end()),
      runAt(3, 'a3', { specHash: 'new' }),
    );
    expect(ids(latestRuns(store, 'degradation-34', 'quick'))).toEqual(['a3']);
    expect(ids(latestRuns(store, 'degradation-34', 'quick', 'old'))).toEqual(['a1', 'a2']);
    expect(latestRuns(store, 'degradation-34', 'full')).toEqual([]);
  });

  test('by identity, whichever experiment ran it', () => {
    const store = sample();
    expect([...finishedIdentities(store).values()].sort()).toEqual(['aa1000000000', 'aa2000000000', 'ac5000000000']);
    const elsewhere = makeCell({
      experiment: 'other',
      tier: 'full',
      specHash: 'x',
      identity: 'identity residual-34 1',
    });
    const runs = runsOfCells(store, [elsewhere, makeCell({ identity: 'never run' })]);
    expect([...runs.keys()]).toEqual(['identity residual-34 1']);
    expect([...runs.values()]).toMatchObject([
      { id: 'aa2000000000', experiment: 'other', tier: 'full', specHash: 'x' },
    ]);
  });

  test('values by arm are those of finished runs', () => {
    const values = valuesByArm(listRuns(sample(), { experiment: 'degradation-34' }), 'test.top1');
    expect(values).toEqual(
      new Map([
        ['residual-34', new Map([[1, 0.25]])],
        ['plain-34', new Map([[1, 0.5]])],
      ]),
    );
    expect(valuesByArm(listRuns(sample()), 'none')).toEqual(new Map());
  });
});

test('provenance of runs, and what differs between them', () => {
  const provenance = (commit: string, flags: string[]): JournalEvent => ({
    type: 'provenance',
    time: 1,
    provenance: { code: { commit, dirty: false }, machine: { cpuFlags: flags } },
  });
  const store = storeOf(
    ['a1', [attempt('a1'), cellEvent(), provenance('one', ['avx']), end()]],
    ['a2', [attempt('a2'), cellEvent({ seed: 2 }), provenance('two', ['avx']), end()]],
    ['a3', [attempt('a3'), cellEvent({ seed: 3 }), provenance('one', ['avx']), end()]],
    ['a4', finishedRun('a4', { seed: 4 })],
  );
  const found = provenanceOf(store, ['a1', 'a2', 'a3', 'a4']);
  expect([...found.keys()]).toEqual(['a1', 'a2', 'a3']);
  expect(provenanceDifferences(found.values())).toEqual([{ what: 'code.commit', values: ['one', 'two'] }]);
  expect(provenanceDifferences([found.get('a1'), found.get('a3')] as Provenance[])).toEqual([]);
  expect(provenanceDifferences([])).toEqual([]);
  expect(store.read(() => store.prepare('SELECT count(*) FROM provenance', 'pluck').get())).toBe(2);
});

test('the verdicts of the last sitting are kept whole, NaN too, and earlier ones stay', () => {
  const store = storeOf();
  const verdict = (id: string, effect: number): ClaimVerdict => ({
    claim: { id, kind: 'superiority', statement: 's', metric: 'm', unit: 'pp', contrast: {}, margin: 0, published: '' },
    kind: 'superiority',
    outcome: 'inconclusive',
    because: 'no seeds',
    seeds: [],
    effects: [],
    effect,
    interval: [Number.NEGATIVE_INFINITY, 1],
    level: 0.95,
    permutationP: null,
    seedsNeeded: null,
    sentence: 'NaN is not decided.',
  });
  const scope = { experiment: 'degradation-34', tier: 'quick', specHash: 'x' } as const;
  expect(lastVerdicts(store, scope)).toEqual([]);
  saveVerdicts(store, scope, [verdict('a', 1)], 1000);
  saveVerdicts(store, scope, [verdict('b', Number.NaN), verdict('a', 2)], 2000);
  expect(lastVerdicts(store, scope)).toEqual([verdict('b', Number.NaN), verdict('a', 2)]);
  expect(lastVerdicts(store, { ...scope, tier: 'full' })).toEqual([]);
  expect(store.read(() => store.prepare('SELECT count(*) FROM verdicts', 'pluck').get())).toBe(3);
});
