import { appendFileSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  collectGarbage,
  curate,
  curationsOf,
  finishedIdentities,
  latestRuns,
  listRuns,
  planGc,
  runDetail,
  runsOfCells,
  undoLast,
} from '../../src/tracking/queries.ts';
import { Recorder } from '../../src/tracking/recorder.ts';
import { openStore, type Store } from '../../src/tracking/store.ts';
import { attempt, cellEvent, finishedRun, makeCell } from './events.ts';
import { newPlace, openAll, type Place, writeJournal } from './journals.ts';

const RUNS = ['a1', 'a2', 'a3'];

function filled(): { place: Place; store: Store } {
  const place = newPlace();
  RUNS.forEach((run, i) => {
    writeJournal(place, run, finishedRun(run, { seed: i + 1 }));
  });
  const { store, recorder } = openAll(place);
  recorder.ingestAll();
  return { place, store };
}

const listed = (store: Store): string[] => listRuns(store, { sort: 'id' }).map(run => run.id);
const said = (store: Store, run = 'a1') => curationsOf(store, [run])[0];
const NOTHING = { tags: [], note: null, starred: false, archived: false, deleted: false };
const garbage = (place: Place) => ({ runsDir: place.runs, artifactsDir: join(place.dir, 'artifacts') });

/** As after the loss of the store: made anew from the folders and the file beside it. */
function rebuilt(place: Place): Store {
  for (const name of readdirSync(place.dir)) if (name.startsWith('store.sqlite')) rmSync(join(place.dir, name));
  const { store, recorder } = openAll(place);
  recorder.ingestAll();
  return store;
}

test('tags are sets, notes replace each other, marks are set and taken away', () => {
  const { store } = filled();
  expect(said(store)).toEqual(NOTHING);
  curate(store, ['a1', 'a2'], { action: 'tag', add: ['good', 'fast'], remove: [] });
  curate(store, ['a1'], { action: 'tag', add: ['good'], remove: ['fast', 'never'] });
  curate(store, ['a1'], { action: 'note', text: 'one' });
  curate(store, ['a1'], { action: 'note', text: 'two\nlines' });
  curate(store, ['a1'], { action: 'star' });
  curate(store, ['a1'], { action: 'archive' });
  expect(said(store)).toEqual({ tags: ['good'], note: 'two\nlines', starred: true, archived: true, deleted: false });
  expect(said(store, 'a2')).toEqual({ ...NOTHING, tags: ['fast', 'good'] });
  curate(store, ['a1'], { action: 'unstar' });
  curate(store, ['a1'], { action: 'unarchive' });
  curate(store, ['a1'], { action: 'note', text: '' });
  expect(said(store)).toEqual({ ...NOTHING, tags: ['good'] });
  expect(runDetail(store, 'a1')).toMatchObject({ tags: ['good'], starred: false });
});

test('tags that a run brings itself can be taken away and given again', () => {
  const place = newPlace();
  writeJournal(place, 'a1', [attempt('a1'), cellEvent({ ...makeCell(), tags: ['own', 'b'] } as never)]);
  const { store, recorder } = openAll(place);
  recorder.ingestAll();
  expect(said(store)?.tags).toEqual(['b', 'own']);
  curate(store, ['a1'], { action: 'tag', add: ['more'], remove: ['own'] });
  expect(said(store)?.tags).toEqual(['b', 'more']);
  expect(said(rebuilt(place))?.tags).toEqual(['b', 'more']);
  undoLast(store);
});

test.each([['two words'], [''], ['a,b'], ['x'.repeat(65)], ['tab\t']])(
  'the tag %j is refused, and nothing is said',
  tag => {
    const { store } = filled();
    expect(() => curate(store, ['a1'], { action: 'tag', add: [tag], remove: [] })).toThrow(/^tag .*: expected 1 to 64/);
    expect(said(store)).toEqual(NOTHING);
  },
);

test('undo takes the changes back one after the other', () => {
  const { store } = filled();
  curate(store, ['a1'], { action: 'tag', add: ['x'], remove: [] });
  curate(store, ['a1', 'a2'], { action: 'delete' });
  curate(store, ['a1'], { action: 'tag', add: ['y'], remove: ['x'] });
  expect(undoLast(store)).toMatchObject({ action: 'tag', add: ['y'] });
  expect(said(store)).toMatchObject({ tags: ['x'], deleted: true });
  expect(undoLast(store)).toMatchObject({ action: 'delete', runs: ['a1', 'a2'] });
  expect(said(store)).toMatchObject({ tags: ['x'], deleted: false });
  expect(undoLast(store)).toMatchObject({ action: 'tag', add: ['x'] });
  expect(said(store)).toEqual(NOTHING);
  expect(undoLast(store)).toBeNull();
});

test('what was deleted counts for nothing, what was archived does', () => {
  const { store } = filled();
  curate(store, ['a2'], { action: 'delete' });
  curate(store, ['a3'], { action: 'archive' });
  expect(listed(store)).toEqual(['a1', 'a3']);
  expect(latestRuns(store, 'degradation-34', 'quick').map(run => run.id)).toEqual(['a1', 'a3']);
  expect([...finishedIdentities(store).values()]).toEqual(['a1', 'a3']);
  expect(runsOfCells(store, [makeCell({ seed: 2, identity: 'identity plain-34 2' })]).size).toBe(0);
  expect(listRuns(store, { deleted: 'shown', archived: 'hidden', sort: 'id' }).map(run => run.id)).toEqual([
    'a1',
    'a2',
  ]);
  undoLast(store);
  undoLast(store);
  expect(listed(store)).toEqual(RUNS);
});

describe('the file beside the store', () => {
  test('outlives the store: one that is made anew forgets nothing', () => {
    const { place, store } = filled();
    curate(store, ['a1'], { action: 'tag', add: ['keep'], remove: [] });
    curate(store, ['a2'], { action: 'delete' });
    curate(store, ['a3'], { action: 'star' });
    undoLast(store);
    const before = curationsOf(store, RUNS);
    store.close();
    const again = rebuilt(place);
    expect(curationsOf(again, RUNS)).toEqual(before);
    expect(listed(again)).toEqual(['a1', 'a3']);
    expect(undoLast(again)).toMatchObject({ action: 'delete' });
    expect(listed(again)).toEqual(RUNS);
  });

  test('written by another process, or joined with that of another store, it counts at the next look', () => {
    const { place, store } = filled();
    curate(store, ['a1'], { action: 'tag', add: ['here'], remove: [] });
    const line = { id: 'other', time: 1, runs: ['a1', 'not-here'], action: 'tag', add: ['there'], remove: [] };
    appendFileSync(join(place.dir, 'curation.jsonl'), `${JSON.stringify(line)}\n`);
    new Recorder(store, place.runs).ingestAll();
    expect(said(store)?.tags).toEqual(['here', 'there']);
  });

  test('a line that a power cut tore is passed over, and the next one is whole', () => {
    const { place, store } = filled();
    const path = join(place.dir, 'curation.jsonl');
    curate(store, ['a1'], { action: 'star' });
    appendFileSync(path, '{"id":"torn","time":1,"runs":["a1"],"act');
    curate(store, ['a1'], { action: 'tag', add: ['x'], remove: [] });
    expect(said(store)).toMatchObject({ starred: true, tags: ['x'] });
    expect(said(rebuilt(place))).toMatchObject({ starred: true, tags: ['x'] });
  });

  test.each([
    ['not JSON', 'hello'],
    ['another action', '{"id":"1","time":1,"runs":["a1"],"action":"explode"}'],
    ['runs that are none', '{"id":"1","time":1,"runs":[7],"action":"star"}'],
    ['tags that are none', '{"id":"1","time":1,"runs":["a1"],"action":"tag","add":{},"remove":[]}'],
    ['null', 'null'],
  ])('%s is no change', (_name, line) => {
    const { place } = filled();
    writeFileSync(join(place.dir, 'curation.jsonl'), `${line}\n`);
    expect(said(rebuilt(place))).toEqual(NOTHING);
  });

  test('where it cannot be written nothing is said', () => {
    const { place, store } = filled();
    const blocker = join(place.dir, 'curation.jsonl');
    cpSync(place.runs, blocker, { recursive: true });
    expect(() => curate(store, ['a1'], { action: 'star' })).toThrow(/curation\.jsonl: cannot be read/);
    rmSync(blocker, { recursive: true });
    expect(said(store)).toEqual(NOTHING);
  });
});

describe('gc', () => {
  test('removes folders and rows of deleted runs for good, and nothing of others', () => {
    const { place, store } = filled();
    curate(store, ['a1'], { action: 'tag', add: ['x'], remove: [] });
    curate(store, ['a1'], { action: 'delete' });
    const plan = planGc(store, garbage(place));
    expect(plan.runs).toMatchObject([{ id: 'a1', folders: [join(place.runs, 'a1')] }]);
    expect(existsSync(join(place.runs, 'a1'))).toBe(true);
    collectGarbage(store, plan);
    expect(readdirSync(place.runs).sort()).toEqual(['a2', 'a3']);
    const rows = (table: string) => store.read(() => store.prepare(`SELECT count(*) FROM ${table}`, 'pluck').get());
    expect(['runs', 'cells', 'attempts', 'points', 'journals'].map(rows)).toEqual([2, 2, 2, 6, 2]);
    expect(store.read(() => store.prepare('SELECT DISTINCT cell FROM params', 'pluck').all())).toHaveLength(2);
    expect(undoLast(store)).toBeNull();
    expect(planGc(store, garbage(place)).runs).toEqual([]);
    expect(listed(rebuilt(place))).toEqual(['a2', 'a3']);
  });

  test('killed between folders and rows, the next one finishes', () => {
    const { place, store } = filled();
    curate(store, ['a1', 'a2'], { action: 'delete' });
    rmSync(join(place.runs, 'a1'), { recursive: true });
    collectGarbage(store, planGc(store, garbage(place)));
    expect(readdirSync(place.runs)).toEqual(['a3']);
    expect(listRuns(store, { deleted: 'shown' }).map(run => run.id)).toEqual(['a3']);
  });

  test('a copy that comes back after gc is a run like others', () => {
    const { place, store } = filled();
    cpSync(join(place.runs, 'a1'), join(place.dir, 'copy'), { recursive: true });
    curate(store, ['a1'], { action: 'delete' });
    collectGarbage(store, planGc(store, garbage(place)));
    cpSync(join(place.dir, 'copy'), join(place.runs, 'a1'), { recursive: true });
    new Recorder(store, place.runs).ingestAll();
    expect(listed(store)).toEqual(RUNS);
  });

  test('a run that was deleted and runs again stays, and so does a folder elsewhere', () => {
    const { place, store } = filled();
    writeJournal(place, 'a4', [attempt('a4'), cellEvent({ seed: 4 })]);
    new Recorder(store, place.runs).ingestAll();
    curate(store, ['a4'], { action: 'delete' });
    expect(planGc(store, garbage(place))).toMatchObject({ runs: [], kept: ['run a4 is deleted, but running again'] });
    curate(store, ['a1'], { action: 'delete' });
    const elsewhere = { ...garbage(place), runsDir: join(place.dir, 'other') };
    expect(planGc(store, elsewhere).runs).toEqual([{ id: 'a1', folders: [], bytes: 0 }]);
  });

  test('checkpoints of finished runs go, oldest first, down to the budget; stars and unfinished runs keep theirs', () => {
    const { place, store } = filled();
    writeJournal(place, 'a4', [attempt('a4', { pid: 999_999_999, processStart: 'gone' }), cellEvent({ seed: 4 })]);
    new Recorder(store, place.runs).ingestAll();
    for (const run of [...RUNS, 'a4']) writeFileSync(join(place.runs, run, 'last.checkpoint'), Buffer.alloc(1000));
    curate(store, ['a1'], { action: 'star' });
    const going = (checkpointBudgetBytes?: number) =>
      planGc(store, { ...garbage(place), checkpointBudgetBytes })
        .checkpoints.map(one => one.run)
        .sort();
    expect(going()).toEqual([]);
    expect(going(4000)).toEqual([]);
    expect(going(3500)).toHaveLength(1);
    expect(going(0)).toEqual(['a2', 'a3']);
    collectGarbage(store, planGc(store, { ...garbage(place), checkpointBudgetBytes: 0 }));
    expect(existsSync(join(place.runs, 'a1', 'last.checkpoint'))).toBe(true);
    expect(readdirSync(join(place.runs, 'a2'))).toEqual(['journal']);
  });
});

test('two processes that speak at once lose nothing', () => {
  const { place, store } = filled();
  const other = openStore(place.storePath);
  for (let i = 0; i < 20; i++) curate(i % 2 ? store : other, ['a1'], { action: 'tag', add: [`t${i}`], remove: [] });
  other.close();
  expect(said(store)?.tags).toHaveLength(20);
  expect(readFileSync(join(place.dir, 'curation.jsonl'), 'utf8').trimEnd().split('\n')).toHaveLength(20);
});
