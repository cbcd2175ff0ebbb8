import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import type { JournalEvent, WireNumber } from '../../src/core/journal.ts';
import { parseFilter } from '../../src/tracking/filter.ts';
import { curate, groupRuns, listCuratedRuns, listRuns } from '../../src/tracking/queries.ts';
import type { Store } from '../../src/tracking/store.ts';
import { attempt, cellEvent, end, makeCell, point } from './events.ts';
import { newPlace, openAll, writeJournal } from './journals.ts';

const figure = (name: string, value: WireNumber): JournalEvent => ({ type: 'metric', time: 1, name, value });

/** a1 … a5: two nets, five rates; a3 has a NaN, a4 runs, a5 failed without figures. */
function sample(): Store {
  const place = newPlace();
  const runs: [string, string, number, JournalEvent[]][] = [
    ['a1', 'plain-34', 0.1, [figure('test.top1', 0.5), end()]],
    ['a2', 'residual-34', 0.05, [figure('test.top1', 0.25), figure('b c', 1), end()]],
    ['a3', 'residual-34', 0.1, [figure('test.top1', 'NaN'), end()]],
    ['a4', 'plain-34', 0.01, [figure('test.top1', 'Infinity'), point(3)]],
    ['a5', 'plain-18', 1, [end('failed', { reason: 'loss is NaN' })]],
  ];
  runs.forEach(([id, arm, rate, events], i) => {
    const { config } = makeCell({ arm });
    const optimiser = { ...config.optimiser, rate } as typeof config.optimiser;
    const levels = { depth: arm.split('-')[1] as string, note: 'x', 'odd "name': 'y' };
    const cell = cellEvent({ arm, seed: i + 1, levels, config: { ...config, optimiser } });
    writeJournal(place, id, [attempt(id, { time: Date.UTC(2026, 10, i + 1) }), cell, ...events]);
  });
  const { store, recorder } = openAll(place);
  expect(recorder.ingestAll().problems).toEqual([]);
  return store;
}

const found = (store: Store, where: string, sort?: string): string[] =>
  listRuns(store, { where, ...(sort && { sort }) }).map(run => run.id);

describe('a filter finds', () => {
  test.each([
    ['test.top1 < 0.3', ['a2']],
    ['test.top1 <= 0.5', ['a2', 'a1']],
    ['test.top1 > 0.3', ['a4', 'a1']],
    ['test.top1 >= 1e9', ['a4']],
    ['test.top1 = Infinity', ['a4']],
    ['test.top1 = nan', ['a3']],
    ['test.top1 != NaN', ['a4', 'a2', 'a1']],
    ['test.top1 != 0.5', ['a4', 'a3', 'a2']],
    ['not test.top1 < 0.3', ['a5', 'a4', 'a3', 'a1']],
    ['metric.test.top1 = 0.25', ['a2']],
    ['"b c" = 1', ['a2']],
    ['net = residual-34', ['a3', 'a2']],
    ['net=residual-34 and test.top1<0.3', ['a2']],
    ['net ~ RESIDUAL', ['a3', 'a2']],
    ["net != 'residual-34'", ['a5', 'a4', 'a1']],
    ['optimiser.rate < 0.1', ['a4', 'a2']],
    ['config.optimiser.rate = .1', ['a3', 'a1']],
    ['optimiser.nesterov = false and seed = 1', ['a1']],
    ['optimiser.nesterov = 0', []],
    ['options.widths = "[16,32]" and seed < 2', ['a1']],
    ['optimiser.clipNorm = 1', []],
    ['depth = 34 and seed > 3', ['a4']],
    ['depth < 20', ['a5']],
    ['depth ~ 8', ['a5']],
    ['depth = "18"', ['a5']],
    ['level.note = x and seed = 1', ['a1']],
    ['"odd \\"name" = y and seed = 1', ['a1']],
    ['state = running', ['a4']],
    ['state != finished', ['a5', 'a4']],
    ['state = failed or seed = 1', ['a5', 'a1']],
    ['reason ~ nan', ['a5']],
    ['(seed = 1 or seed = 2) and not (arm = plain-34)', ['a2']],
    ['seed = 1 or seed = 2 and arm = plain-34', ['a1']],
    ['NOT seed <= 4 AND steps = 10', ['a5']],
    ['step < 10', ['a4']],
    ['started >= 2026-11-04T00:00Z', ['a5', 'a4']],
    [`started < ${Date.UTC(2026, 10, 2)}`, ['a1']],
    ['id ~ a and experiment = degradation-34 and seed = 3', ['a3']],
    ['arm = "\'; DROP TABLE runs; --"', []],
  ])('%s', (where, expected) => {
    expect(found(sample(), where)).toEqual(expected);
  });

  test('what people said', () => {
    const store = sample();
    curate(store, ['a1', 'a2'], { action: 'tag', add: ['good', 'fast'], remove: [] });
    curate(store, ['a3'], { action: 'star' });
    curate(store, ['a4'], { action: 'archive' });
    curate(store, ['a5'], { action: 'note', text: 'Why did it fail?' });
    expect(found(store, 'tag = good')).toEqual(['a2', 'a1']);
    expect(found(store, 'tag ~ FAS and not starred')).toEqual(['a2', 'a1']);
    expect(found(store, 'tag != good')).toEqual(['a5', 'a4', 'a3']);
    expect(found(store, 'starred or starred = true')).toEqual(['a3']);
    expect(found(store, 'note ~ fail')).toEqual(['a5']);
    expect(listRuns(store, { archived: 'hidden' }).map(run => run.id)).toEqual(['a5', 'a3', 'a2', 'a1']);
    expect(listRuns(store, { archived: 'hidden', where: 'archived' }).map(run => run.id)).toEqual(['a4']);
    expect(listCuratedRuns(store, { where: 'seed = 1' })).toMatchObject([{ tags: ['fast', 'good'], starred: false }]);
  });
});

describe('what is wrong is said with its place', () => {
  test.each([
    ['', /^filter, character 1: expected a field, got its end\.$/],
    ['net = ', /^filter, character 7: expected a value, got its end\.$/],
    ['net = and x', /^filter, character 7: expected a value, got "and x"\.$/],
    ['net == x', /^filter, character 6: expected a value, got "= x"\.$/],
    ['net = a b', /^filter, character 9: expected "and", "or" or the end, got "b"\.$/],
    ['(net = a', /^filter, character 9: expected "\)", got its end\.$/],
    ['net = "a', /^filter, character 7: expected a word, a closed quotation, .*, got "\\"a"\.$/],
    ['net', /^filter, character 1: expected a comparison such as "net = …", got "net"\.$/],
    ['seed = many', /^filter, character 8: expected a number, got "many"\.$/],
    ['test.top1 < low', /^filter, character 13: expected a number, got "low"\.$/],
    ['started > yesterday', /^filter, character 11: expected a day or time such as 2026-11-24 .*$/],
    ['state = happy', /^filter, character 9: expected a state \(pending, running, .*\), got "happy"\.$/],
    ['seed ~ 1', /^filter, character 1: expected a field of text before "~".*$/],
    ['tag < x', /^filter, character 1: expected "=", "!=" or "~" after "tag".*$/],
    [
      'tset.top1 < 1',
      /^filter, character 1: unknown field of runs "tset\.top1"\. Did you mean "test\.top1"\? Known: id, name, .*optimiser\.rate/,
    ],
  ])('%s', (where, message) => {
    const store = sample();
    expect(() => found(store, where)).toThrow(message);
    expect(() => found(store, where)).toThrow(UserError);
  });
});

test.each([
  ['brackets', `${'('.repeat(60)}net = a`, /^filter, character 51: expected at most 50 levels/],
  ['comparisons', Array(202).fill('seed = 1').join(' and '), /expected at most 200 comparisons/],
  ['characters', 'x'.repeat(5000), /expected at most 4000 characters/],
])('too many %s are refused', (_what, where, message) => {
  expect(() => parseFilter(where)).toThrow(message);
});

test('a long filter is no matter for SQLite', () => {
  expect(found(sample(), Array(200).fill('seed = 1').join(' or '))).toEqual(['a1']);
  expect(found(sample(), `${'not '.repeat(40)}seed = 1`)).toEqual(['a1']);
});

test('a quotation holds what would be syntax', () => {
  expect(parseFilter(`'and' = "a \\"b\\" (c)"`)).toMatchObject({
    field: { text: 'and' },
    value: { text: 'a "b" (c)' },
  });
});

test('order by any field, missing values last, among equals the newest first', () => {
  const store = sample();
  const sorted = (sort: string): string[] => listRuns(store, { sort }).map(run => run.id);
  expect(sorted('test.top1')).toEqual(['a2', 'a1', 'a4', 'a3', 'a5']);
  expect(sorted('-optimiser.rate')).toEqual(['a5', 'a3', 'a1', 'a2', 'a4']);
  expect(sorted('arm, -seed')).toEqual(['a5', 'a4', 'a1', 'a3', 'a2']);
  expect(sorted('state,seed')).toEqual(['a5', 'a1', 'a2', 'a3', 'a4']);
  expect(() => sorted('nett')).toThrow(/^unknown field of runs "nett"\. Did you mean "net"/);
  expect(() => sorted('seed,')).toThrow(/^expected names of fields with commas/);
  expect(listRuns(store, { sort: 'seed', limit: 2 }).map(run => run.id)).toEqual(['a1', 'a2']);
});

test('groups: how many runs in which states, figures of finished ones with mean and deviation', () => {
  const groups = groupRuns(sample(), {}, 'depth', ['test.top1']);
  expect(groups).toEqual([
    { by: { depth: '18' }, runs: 1, states: { failed: 1 }, figures: {} },
    {
      by: { depth: '34' },
      runs: 4,
      states: { running: 1, finished: 3 },
      figures: { 'test.top1': { runs: 3, mean: Number.NaN, deviation: Number.NaN, min: Number.NaN, max: Number.NaN } },
    },
  ]);
  const numbers = groupRuns(sample(), { where: 'test.top1 != NaN' }, 'tier', ['test.top1'])[0]?.figures['test.top1'];
  expect(numbers).toEqual({
    runs: 2,
    mean: 0.375,
    deviation: expect.closeTo(Math.sqrt(0.03125), 12),
    min: 0.25,
    max: 0.5,
  });
});
