/** What each kind of event becomes in the store, column by column. */
import { appendFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { canonicalJson, hashOf } from '../../src/core/ids.ts';
import { encodeFrame, type JournalEvent } from '../../src/core/journal.ts';
import { EventRecorder } from '../../src/tracking/event-recorder.ts';
import { JournalRecorder } from '../../src/tracking/journal-recorder.ts';
import { JournalRuns } from '../../src/tracking/journal-run.ts';
import { type JournalNews, KnownJournals } from '../../src/tracking/known-journals.ts';
import type { Store } from '../../src/tracking/store.ts';
import { attempt, cellEvent, end, finishedRun, makeCell, point } from './events.ts';
import { appendEvents, contents, newPlace, openAll, writeJournal } from './journals.ts';

const RUN = 'abc123abc123';
const WRITER = { pid: 7, processStart: 'boot 5', host: 'h', fromStep: 3 };

/** The rows of a table, after a recorder of events has met each of these lists in a transaction of its own. */
function recorded(...lists: JournalEvent[][]) {
  const { store } = openAll(newPlace());
  const recorder = new EventRecorder(store);
  const run = store.write(() => recorder.runKey(RUN));
  const results = lists.map(events => store.write(() => recorder.record(run, events)));
  const rows = (sql: string) => rowsOf(store, sql);
  return { store, recorder, run, results, rows };
}

const rowsOf = (store: Store, sql: string): unknown[] => store.read(() => store.prepare(sql).all());

test('an attempt: who, where, from which step, and when it was heard of first and last', () => {
  const { rows, run } = recorded([attempt(RUN, { ...WRITER, time: 10.6 }), { ...point(5), time: 20.4 }]);
  expect(rows('SELECT * FROM attempts')).toEqual([
    {
      ...{ run, attempt: 1, pid: 7, process_start: 'boot 5', host: 'h', from_step: 3, started_at: 11 },
      ...{ last_event_at: 20, step: 5, end_state: null, ended_at: null, reason: null, provenance: null },
    },
  ]);
  expect(rows('SELECT id, started_at, points_since FROM runs')).toEqual([
    { id: RUN, started_at: 11, points_since: 11 },
  ]);
});

test('an attempt without steps is at the one that it began from; a run began with its first attempt', () => {
  const second = attempt(RUN, { ...WRITER, attempt: 2, time: 50 });
  const { rows } = recorded([attempt(RUN, { ...WRITER, time: 10 }), second]);
  expect(rows('SELECT attempt, step, started_at, last_event_at FROM attempts')).toEqual([
    { attempt: 1, step: 3, started_at: 10, last_event_at: 10 },
    { attempt: 2, step: 3, started_at: 50, last_event_at: 50 },
  ]);
  expect(rows('SELECT started_at, points_since FROM runs')).toEqual([{ started_at: 10, points_since: null }]);
});

test('what was written before the next attempt is the earlier one’s; a clock that goes back takes nothing back', () => {
  const events = [
    ...[attempt(RUN, { time: 10 }), { ...point(4), time: 30 }, { ...point(5), time: 20 }],
    ...[attempt(RUN, { attempt: 2, time: 40, fromStep: 4 })],
  ];
  const { rows } = recorded(events, [{ type: 'heartbeat', time: 60, step: 9 }]);
  expect(rows('SELECT attempt, step, last_event_at FROM attempts')).toEqual([
    { attempt: 1, step: 5, last_event_at: 20 },
    { attempt: 2, step: 9, last_event_at: 60 },
  ]);
  const later = recorded(events.slice(0, 2), [{ type: 'heartbeat', time: 5, step: 3 }]);
  expect(later.rows('SELECT step, last_event_at FROM attempts')).toEqual([{ step: 3, last_event_at: 30 }]);
});

test('an end is that of the attempt that stands, with its reason if it says one', () => {
  const events = [attempt(RUN, { time: 10 }), attempt(RUN, { attempt: 2, time: 20 })];
  const { rows } = recorded([...events, end('killed', { time: 30.2, step: 8, reason: 'asked to' })]);
  const columns = 'attempt, step, end_state, ended_at, reason';
  expect(rows(`SELECT ${columns} FROM attempts`)).toEqual([
    { attempt: 1, step: 0, end_state: null, ended_at: null, reason: null },
    { attempt: 2, step: 8, end_state: 'killed', ended_at: 30, reason: 'asked to' },
  ]);
  expect(recorded([...events, end()]).rows('SELECT end_state, reason FROM attempts WHERE attempt = 2')).toEqual([
    { end_state: 'finished', reason: null },
  ]);
});

test('another writer under the same number takes its place, with nothing of the earlier one; the same one does not', () => {
  const ended = [
    attempt(RUN, { ...WRITER, time: 10 }),
    { type: 'provenance', time: 11, provenance: {} } as const,
    end(),
  ];
  const select = 'SELECT pid, host, from_step, started_at, step, end_state, provenance FROM attempts';
  const again = recorded(ended, [attempt(RUN, { ...WRITER, time: 10 })]);
  expect(again.rows(select)).toMatchObject([{ pid: 7, step: 10, end_state: 'finished', provenance: 1 }]);
  for (const change of [{ pid: 8 }, { processStart: 'boot 6' }, { time: 12 }]) {
    const other = attempt(RUN, { ...WRITER, time: 10, host: 'other', fromStep: 1, ...change });
    const { pid, time } = { pid: 7, time: 10, ...change };
    expect(recorded(ended, [other]).rows(select)).toEqual([
      { pid, host: 'other', from_step: 1, started_at: time, step: 1, end_state: null, provenance: null },
    ]);
  }
});

test('a cell: its columns, its whole, and its configuration and execution by dotted names', () => {
  const { rows } = recorded([attempt(RUN), { ...cellEvent(), time: 30 }, cellEvent()]);
  const cell = makeCell();
  expect(rows('SELECT * FROM cells')).toEqual([
    {
      ...{ key: 1, experiment: 'degradation-34', tier: 'quick', arm: 'plain-34', seed: 1, steps: 10 },
      ...{ levels: canonicalJson(cell.levels), spec_hash: 'spec-1', code_hash: 'code-1', data_hash: 'data-1' },
      ...{ identity: 'identity plain-34 1', cell: canonicalJson(cell) },
    },
  ]);
  expect(rows('SELECT * FROM experiments')).toEqual([{ id: 'degradation-34', first_seen_at: 30 }]);
  expect(rows("SELECT name, value FROM params WHERE name IN ('threads', 'net', 'optimiser.rate', 'steps')")).toEqual([
    { name: 'net', value: '"plain-34"' },
    { name: 'optimiser.rate', value: '0.1' },
    { name: 'steps', value: '10' },
    { name: 'threads', value: '1' },
  ]);
  expect(rows('SELECT cell FROM runs')).toEqual([{ cell: 1 }]);
});

test('each provenance once, by its content; figures and artifacts by name, the last one holds', () => {
  const provenance = { b: 1, a: [2] };
  const { rows, run } = recorded([
    attempt(RUN),
    { type: 'provenance', time: 1, provenance },
    { type: 'metric', time: 2, name: 'best', value: 1 },
    { type: 'metric', time: 3.4, name: 'best', value: 0.5 },
    { type: 'artifact', time: 4, name: 'plot', path: 'a.svg', sha256: 'x', bytes: 1 },
    { type: 'artifact', time: 5, name: 'plot', path: 'b.svg', sha256: 'y', bytes: 2 },
    attempt(RUN, { attempt: 2 }),
    { type: 'provenance', time: 6, provenance: { a: [2], b: 1 } },
  ]);
  expect(rows('SELECT * FROM provenance')).toEqual([
    { key: 1, hash: hashOf(provenance), content: canonicalJson(provenance) },
  ]);
  expect(rows('SELECT provenance FROM attempts')).toEqual([{ provenance: 1 }, { provenance: 1 }]);
  expect(rows('SELECT run, name, value, time FROM metrics JOIN metric_names ON key = metric')).toEqual([
    { run, name: 'best', value: 0.5, time: 3 },
  ]);
  expect(rows('SELECT * FROM artifacts')).toEqual([
    { run, name: 'plot', path: 'b.svg', sha256: 'y', bytes: 2, time: 5 },
  ]);
});

test('points, with times from the run’s first on: as many as there are values; of a step that is told twice the later', () => {
  const at = (step: number, time: number, values: Record<string, number>): JournalEvent => ({
    ...{ type: 'points', time, step, values },
  });
  const { rows, results } = recorded([
    attempt(RUN, { time: 100 }),
    ...[at(2, 102, { a: 2, b: 20 }), at(3, 103, { a: 3 }), at(2, 104, { a: 2.5 }), at(1, 105, { a: 1 })],
  ]);
  expect(results).toEqual([{ points: 5, problems: [] }]);
  expect(rows('SELECT name, step, value, time FROM points JOIN metric_names ON key = metric')).toEqual([
    { name: 'a', step: 1, value: 1, time: 5 },
    { name: 'a', step: 2, value: 2.5, time: 4 },
    { name: 'a', step: 3, value: 3, time: 3 },
    { name: 'b', step: 2, value: 20, time: 2 },
  ]);
});

test('sums over 256 steps are there as soon as a curve is past them, and follow what is written again', () => {
  const curve = (from: number, to: number, value = 1) =>
    Array.from({ length: to - from }, (_, i) => point(from + i, value));
  const { rows, store, recorder, run } = recorded([attempt(RUN), ...curve(0, 256)]);
  const blocks = () => rows('SELECT block, points, numbers, min, max, sum FROM point_blocks');
  const block = (nth: number, change = {}) => ({
    block: nth,
    points: 256,
    numbers: 256,
    min: 1,
    max: 1,
    sum: 256,
    ...change,
  });
  expect(blocks()).toEqual([]);
  const write = (...events: JournalEvent[]) => store.write(() => recorder.record(run, events));
  write(...curve(256, 257));
  expect(blocks()).toEqual([block(0)]);
  write(...curve(257, 1025));
  expect(blocks()).toEqual([block(0), block(1), block(2), block(3)]);
  write(point(300, 'NaN'), point(301, 5));
  expect(blocks()).toEqual([block(0), block(1, { numbers: 255, max: 5, sum: 259 }), block(2), block(3)]);
  write({ type: 'points', time: 1, step: 1024, values: { 'train.loss': 9 } });
  expect(blocks()).toHaveLength(4);
  // What is written again need not come in order.
  write(point(900, 7), point(10, 3));
  expect(blocks()).toEqual([
    block(0, { max: 3, sum: 258 }),
    block(1, { numbers: 255, max: 5, sum: 259 }),
    block(2),
    block(3, { max: 7, sum: 262 }),
  ]);
});

test('a transaction that was rolled back has taught the recorder nothing', () => {
  const place = newPlace();
  writeJournal(place, RUN, finishedRun(RUN));
  const planned = 'eeeeeeeeeeee';
  writeJournal(place, planned, Buffer.alloc(0));
  writeFileSync(join(place.runs, planned, 'run.json'), JSON.stringify({ run: planned, cell: makeCell({ seed: 2 }) }));
  const { store, recorder } = openAll(place);
  const write = store.write.bind(store);
  const full = vi.spyOn(store, 'write').mockImplementation(action =>
    write(() => {
      action();
      throw new Error('the disk is full');
    }),
  );
  onTestFinished(() => full.mockRestore());
  expect(() => recorder.ingestAll()).toThrow('the disk is full');
  expect(rowsOf(store, 'SELECT * FROM runs')).toEqual([]);
  full.mockRestore();
  expect(recorder.ingestAll()).toMatchObject({ journals: 1, events: 6, points: 3 });
  expect(rowsOf(store, 'SELECT id FROM runs ORDER BY id')).toEqual([{ id: RUN }, { id: planned }]);
});

test('a look that finds nothing new writes nothing, and a run that is planned is written once', () => {
  const place = newPlace();
  const path = writeJournal(place, RUN, finishedRun(RUN));
  writeJournal(place, 'other', finishedRun(RUN, { arm: 'residual-34' }, point(4)));
  const planned = 'eeeeeeeeeeee';
  writeJournal(place, planned, Buffer.alloc(0));
  writeFileSync(join(place.runs, planned, 'run.json'), JSON.stringify({ run: planned, cell: makeCell({ seed: 2 }) }));
  const { store, recorder } = openAll(place);
  const changes = () => rowsOf(store, 'SELECT total_changes() AS n')[0];
  recorder.ingestAll();
  const [rows, before] = [contents(store), changes()];
  recorder.ingestAll();
  recorder.ingestRun(RUN);
  expect(changes()).toEqual(before);
  openAll(place).recorder.ingestAll();
  expect(contents(store)).toEqual(rows);
  appendEvents(path, point(7));
  expect(recorder.ingestRun(RUN)).toMatchObject({ journals: 1, events: 1 });
});

test('what is known of a journal: how far it was read, what is wrong, when its writer was heard, whether it is over', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  vi.setSystemTime(1_500_000);
  const place = newPlace();
  const path = writeJournal(place, RUN, finishedRun(RUN));
  const { store, recorder } = openAll(place);
  recorder.ingestAll();
  const known = () => {
    const journals = new KnownJournals(store, place.runs);
    expect(journals.isEmpty).toBe(true);
    journals.learn();
    return journals.get(`runs/${RUN}`);
  };
  const { size: bytes } = statSync(path);
  expect(known()).toMatchObject({ run: 1, bytes, problem: null, offset: bytes, readAt: 1_500_000, over: 1 });
  expect(rowsOf(store, 'SELECT folder, heard_at FROM journals')).toEqual([
    { folder: `runs/${RUN}`, heard_at: 1_002_000 },
  ]);
  vi.setSystemTime(1_600_000);
  appendEvents(path, { ...attempt(RUN, { attempt: 2 }), time: 1_550_000 });
  recorder.ingestAll();
  expect(known()).toMatchObject({ readAt: 1_600_000, over: 0 });
  expect(rowsOf(store, 'SELECT heard_at FROM journals')).toEqual([{ heard_at: 1_550_000 }]);
  vi.setSystemTime(1_700_000);
  appendFileSync(path, encodeFrame(point(1)).subarray(0, 9));
  recorder.ingestAll();
  expect(rowsOf(store, 'SELECT heard_at FROM journals')).toEqual([{ heard_at: 1_550_000 }]);
  const one = new KnownJournals(store, place.runs);
  one.learn('nobody');
  expect(one.isEmpty).toBe(true);
  one.learn(RUN);
  expect(one.get(one.folderOf(RUN))?.run).toBe(1);
  one.forget();
  expect(one.isEmpty).toBe(true);
  rmSync(path);
  expect(recorder.ingestAll()).toEqual({ journals: 0, events: 0, points: 0, problems: [] });
});

test('what is noted of a journal is kept in mind, and written where it is new', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const place = newPlace();
  const { store } = openAll(place);
  const [run, other] = store.write(() => [RUN, 'ffffffffffff'].map(id => new EventRecorder(store).runKey(id)));
  const known = new KnownJournals(store, place.runs);
  const note = (bytes: number, change: Partial<JournalNews> = {}, folder = 'runs/x') =>
    store.write(() => {
      const news = { run: run as number, offset: 8, problem: null, heardAt: null, ...change };
      known.note({ path: 'p', folder, fd: 0, bytes }, news);
    });
  const written = () => rowsOf(store, 'SELECT run, bytes, problem, read_at, heard_at FROM journals')[0];
  const row = { run, bytes: 10, problem: null, read_at: 100, heard_at: 50 };

  vi.setSystemTime(100);
  note(10, { heardAt: 50 });
  expect(written()).toEqual(row);
  expect(known.get('runs/x')).toEqual({ run, bytes: 10, problem: null, offset: 8, readAt: 100, over: 0 });
  vi.setSystemTime(200);
  const before = rowsOf(store, 'SELECT total_changes() AS n');
  note(10);
  expect(rowsOf(store, 'SELECT total_changes() AS n')).toEqual(before);
  expect(known.get('runs/x')?.readAt).toBe(100);
  note(11);
  expect(written()).toEqual({ ...row, bytes: 11 });
  note(11, { problem: 'torn' });
  expect(written()).toEqual({ ...row, bytes: 11, problem: 'torn' });
  note(11, { problem: 'torn', heardAt: 150 });
  expect(written()).toEqual({ ...row, bytes: 11, problem: 'torn', read_at: 200, heard_at: 150 });
  note(11, { problem: 'torn', run: other as number });
  expect(written()).toMatchObject({ run: other });
  note(5, {}, 'runs/y');
  expect(known.get('runs/y')?.readAt).toBeNull();
});

test('a journal is over if all of it is recorded and its run has finished, whether its row was read or not', () => {
  const place = newPlace();
  writeJournal(place, RUN, finishedRun(RUN));
  writeJournal(place, 'ffffffffffff', [attempt('ffffffffffff'), cellEvent({ seed: 2 })]);
  const { store, recorder } = openAll(place);
  recorder.ingestAll();
  const [all, open] = [new KnownJournals(store, place.runs), new KnownJournals(store, place.runs)];
  all.learn();
  open.learnOpen();
  for (const known of [all, open]) {
    const folders = [RUN, 'ffffffffffff', 'nobody'].map(name => known.folderOf(name));
    expect(folders.map(folder => known.isOver(folder))).toEqual([true, false, false]);
    expect(known.isEmpty).toBe(false);
  }
  expect(open.get(open.folderOf(RUN))).toBeUndefined();
});

test('a journal that has vanished since it was seen is no problem; one that cannot be read is', () => {
  const place = newPlace();
  const { store } = openAll(place);
  const events = new EventRecorder(store);
  const known = new KnownJournals(store, place.runs);
  const journals = new JournalRecorder(store, known, events, new JournalRuns(store, events));
  const look = (path: string) => store.write(() => journals.recordPiece({ path, folder: 'runs/x', bytes: 10 }));
  expect(look(join(place.dir, 'gone'))).toEqual({ events: 0, points: 0, more: false, problems: [] });
  expect(look(place.dir).problems).toEqual([
    `${place.dir}: cannot be read: EISDIR: illegal operation on a directory, read.`,
  ]);
});

test('journals that cannot be recorded are told by name', () => {
  const place = newPlace();
  const nameless = writeJournal(place, 'a', [attempt('../x')]);
  writeJournal(place, 'b', finishedRun(RUN));
  const second = writeJournal(place, 'c', finishedRun(RUN, { arm: 'other' }, point(4)));
  const { problems } = openAll(place).recorder.ingestAll();
  expect(problems).toEqual([
    `${nameless}: expected an "attempt" event that names the run, as a folder can be named, among the first, got none: left out.`,
    `${second}: tells of run ${RUN} otherwise than the journal that is recorded: left out.`,
  ]);
});
