import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import { encodeFrame, type JournalEvent, toWire } from '../../src/core/journal.ts';
import { track } from '../../src/index.ts';
import { journalEvents } from '../../src/runner/journal-events.ts';
import { judgeClaim } from '../../src/stats/index.ts';
import { PointsFrame } from '../../src/track/points-frame.ts';
import { curves, latestRuns, listRuns, runDetail, valuesByArm } from '../../src/tracking/queries.ts';
import { newPlace, openAll } from '../tracking/journals.ts';

const eventsOf = (folder: string): JournalEvent[] => [...journalEvents(join(folder, 'journal'))];

test('a tracked run is listed and shown like any other, with curves, figures, config and artifacts', () => {
  const place = newPlace();
  const run = track({
    experiment: 'shortcuts',
    arm: 'plain',
    seed: 3,
    name: 'first try',
    tags: ['try'],
    config: { optimiser: { rate: 0.1 } },
    dir: place.dir,
  });
  run.log({ 'train.loss': 2.5, 'test.top1': Number.NaN });
  run.log({ 'train.loss': Number.POSITIVE_INFINITY });
  run.log({ 'train.loss': 0.1 + 0.2 }, 7);
  run.artifact('weights/last.bin', Buffer.from('weights'));
  run.summary({ 'test.top1': 0.25 });
  run.finish();
  const { store, recorder } = openAll(place);
  expect(recorder.ingestAll().problems).toEqual([]);
  expect(listRuns(store)).toMatchObject([
    {
      id: run.id,
      experiment: 'shortcuts',
      tier: 'tracked',
      arm: 'plain',
      seed: 3,
      state: 'finished',
      step: 7,
      metrics: { 'test.top1': 0.25, 'train.loss': 0.1 + 0.2 },
    },
  ]);
  const detail = runDetail(store, run.id);
  expect(detail.params['optimiser.rate']).toBe(0.1);
  expect(detail.cell).toMatchObject({ name: 'first try', tags: ['try'] });
  expect(detail.artifacts).toMatchObject([{ name: 'weights/last.bin', bytes: 7 }]);
  expect(readFileSync(join(run.folder, detail.artifacts[0]?.path ?? ''), 'utf8')).toBe('weights');
  expect(curves(store, { runs: [run.id], metrics: ['train.loss'] })[0]?.points).toEqual([
    [1, 2.5],
    [2, Number.POSITIVE_INFINITY],
    [7, 0.1 + 0.2],
  ]);
});

test('the statistics take arms × seeds of tracked runs', () => {
  const place = newPlace();
  for (const seed of [1, 2, 3, 4, 5]) {
    for (const [arm, loss] of [
      ['plain', 1],
      ['residual', 0.5],
    ] as const) {
      const run = track({ experiment: 'shortcuts', arm, seed, dir: place.dir, systemMetrics: false });
      run.log({ 'train.loss': loss + 0.01 * seed });
      run.finish();
    }
  }
  const { store, recorder } = openAll(place);
  recorder.ingestAll();
  const values = valuesByArm(latestRuns(store, 'shortcuts', 'tracked'), 'train.loss');
  expect([...(values.get('plain') ?? [])]).toEqual([1, 2, 3, 4, 5].map(seed => [seed, 1 + 0.01 * seed]));
  const claim = {
    id: 'shortcuts-help',
    kind: 'superiority',
    statement: 'Shortcuts help.',
    metric: 'train.loss',
    unit: 'nats',
    contrast: { plain: 1, residual: -1 },
    margin: 0.1,
    published: '',
  } as const;
  expect(judgeClaim(claim, values, { decides: true, plannedSeeds: [1, 2, 3, 4, 5] }).outcome).toBe('confirmed');
});

test('points are encoded as the general encoder does', () => {
  const frame = new PointsFrame();
  const values = fc.dictionary(fc.string({ minLength: 1, maxLength: 50, unit: 'binary' }), fc.double());
  fc.assert(
    fc.property(values, fc.nat(), (given, step) => {
      const wire = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, toWire(value)]));
      const expected = encodeFrame({ type: 'points', time: 1_700_000_000_000, step, values: wire });
      expect(Buffer.from(frame.encode(1_700_000_000_000, step, given))).toEqual(expected);
    }),
  );
});

test('what was never finished says so, and a failed run says why', () => {
  const place = newPlace();
  const running = track({ experiment: 'e', dir: place.dir });
  const failed = track({ experiment: 'e', arm: 'other', dir: place.dir });
  failed.fail(new Error('out of\nluck'));
  const { store, recorder } = openAll(place);
  recorder.ingestAll();
  const states = Object.fromEntries(listRuns(store).map(run => [run.id, [run.state, run.reason]]));
  expect(states).toEqual({ [running.id]: ['running', null], [failed.id]: ['failed', 'out of luck'] });
  running.finish('killed');
  running.finish();
  expect(eventsOf(running.folder).filter(event => event.type === 'end')).toMatchObject([{ state: 'killed' }]);
});

test('an artifact that cannot be read is refused, and the run goes on', () => {
  const run = started();
  expect(() => run.artifact('gone', '/nowhere/weights')).toThrow(/artifact "gone" cannot be kept/);
  run.log({ loss: 1 });
  run.finish();
  expect(eventsOf(run.folder).map(event => event.type)).not.toContain('artifact');
});

test('secrets in a configuration are not written down', () => {
  const run = track({ experiment: 'e', config: { api_key: 'hunter2hunter2', rate: 0.1 }, dir: newPlace().dir });
  expect(readFileSync(join(run.folder, 'journal'), 'utf8')).not.toContain('hunter2');
});

test.each([
  ['no experiment', () => track({ dir: newPlace().dir }), /expected an experiment/],
  ['an empty one', () => track({ experiment: '', dir: newPlace().dir }), /field experiment/],
  ['a seed that is no number', () => track({ experiment: 'e', seed: 1.5, dir: newPlace().dir }), /field seed.*1\.5/],
  ['steps below 0', () => track({ experiment: 'e', config: { steps: -1 }, dir: newPlace().dir }), /field steps/],
  [
    'a cyclic config',
    () => track({ experiment: 'e', config: cyclic(), dir: newPlace().dir }),
    /config: expected what JSON/,
  ],
  ['a tensor as a value', () => started().log({ loss: {} as number }), /log: loss: expected a number, got object/],
  ['a step that is none', () => started().log({ loss: 1 }, 0.5), /log: step/],
  ['an artifact above its folder', () => started().artifact('../run.json', 'x'), /artifact .* is refused/],
  ['an absolute artifact', () => started().artifact('/etc/passwd', 'x'), /artifact .* is refused/],
  ['a figure that is none', () => started().summary({ loss: '1' as never }), /summary: loss/],
  ['no figures', () => started().summary(null as never), /summary: expected numbers by name.*null/],
  ['nothing to log', () => started().log(null as never), /log: expected numbers by name.*null/],
  ['a list to log', () => started().log([0.5] as never), /log: expected numbers by name.*an array/],
  ['an end that is none', () => started().finish('over' as never), /finish: expected one of finished.*"over"/],
  ['a reason that is none', () => started().finish('failed', 5 as never), /finish: reason/],
  ['no options', () => track(undefined as never), /expected an experiment/],
  ['levels that are none', () => track({ experiment: 'e', levels: 'deep' as never }), /field levels.*"deep"/],
  ['a level that is none', () => track({ experiment: 'e', levels: { depth: {} as never } }), /field levels/],
  ['tags in one text', () => track({ experiment: 'e', tags: 'a,b' as never }), /field tags.*"a,b"/],
  ['a name that is none', () => track({ experiment: 'e', arm: 'a', name: 5 as never }), /field name/],
])('%s is one line', (_what, act, message) => {
  expect(act).toThrow(message);
  expect(act).toThrow(UserError);
});

test('a value that is refused writes nothing', () => {
  const run = started();
  const bytes = readFileSync(join(run.folder, 'journal'));
  expect(() => run.log({ good: 1, bad: 'x' as never })).toThrow();
  expect(() => run.summary({ good: 1, bad: 'x' as never })).toThrow();
  expect(() => run.finish('over' as never)).toThrow();
  expect(readFileSync(join(run.folder, 'journal'))).toEqual(bytes);
  run.finish();
  expect(eventsOf(run.folder).map(event => event.type)).not.toContain('metric');
});

test('levels may be numbers: they are kept as texts', () => {
  const place = newPlace();
  track({ experiment: 'e', levels: { depth: 34, wide: true } as never, dir: place.dir }).finish();
  const { store, recorder } = openAll(place);
  expect(recorder.ingestAll().problems).toEqual([]);
  expect(listRuns(store)).toMatchObject([{ levels: { depth: '34', wide: 'true' } }]);
});

test('after its end a run takes nothing more', () => {
  const run = started();
  run.finish();
  expect(() => run.log({ loss: 1 })).toThrow(/has ended/);
  expect(() => run.artifact('a', Buffer.from('b'))).toThrow(/has ended/);
});

const started = () => track({ experiment: 'e', dir: newPlace().dir });

function cyclic(): Record<string, never> {
  const config: Record<string, unknown> = {};
  config.self = config;
  return config as Record<string, never>;
}
