import { appendFileSync, cpSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { encodeFrame } from '../../src/core/journal.ts';
import { FolderWatch } from '../../src/tracking/folder-watch.ts';
import { SILENCE_MS } from '../../src/tracking/liveness.ts';
import { listRuns } from '../../src/tracking/queries.ts';
import { attempt, cellEvent, end, finishedRun, point } from './events.ts';
import { appendEvents, contents, countPoints, newPlace, openAll, writeJournal } from './journals.ts';

const [A, B] = ['aaaaaaaaaaaa', 'bbbbbbbbbbbb'];
const manyPoints = (count: number) => Array.from({ length: count }, (_, i) => point(i + 1));

describe('a follower', () => {
  test('hears of what a journal adds, of new runs, and of nothing twice', () => {
    const place = newPlace();
    const { recorder, store } = openAll(place);
    expect(recorder.follow()).toEqual({ journals: 0, events: 0, points: 0, problems: [], behind: false });
    const path = writeJournal(place, A, [attempt(A), cellEvent()]);
    expect(recorder.follow()).toMatchObject({ events: 2, behind: false });
    appendEvents(path, point(1), point(2));
    writeJournal(place, B, finishedRun(B, { seed: 2 }));
    expect(recorder.follow()).toMatchObject({ events: 8, points: 5 });
    expect(recorder.follow()).toMatchObject({ events: 0, behind: false });
    expect(listRuns(store)).toHaveLength(2);
  });

  test('takes its time in pieces, and journals take turns', () => {
    const place = newPlace();
    for (const run of [A, B]) writeJournal(place, run, [attempt(run), cellEvent(), ...manyPoints(30_000), end()]);
    const { recorder, store } = openAll(place);
    const first = recorder.follow(0);
    const second = recorder.follow(0);
    expect(second.behind).toBe(true);
    expect(listRuns(store).map(run => run.step > 0)).toEqual([true, true]);
    let [looks, points] = [2, first.points + second.points];
    expect(points).toBeLessThan(60_000);
    for (let behind = true; behind; looks++) {
      const look = recorder.follow(0);
      points += look.points;
      behind = look.behind;
    }
    expect(looks).toBeGreaterThan(2);
    expect(points).toBe(60_000);
    expect(countPoints(store)).toBe(60_000);
    expect(listRuns(store, { state: 'finished' })).toHaveLength(2);
  });

  test('goes on beside a full look and a second recorder, and the rows are those of one', () => {
    const place = newPlace();
    for (const run of [A, B]) writeJournal(place, run, [attempt(run), cellEvent(), ...manyPoints(20_000), end()]);
    cpSync(join(place.runs, A), join(place.runs, 'copy'), { recursive: true });
    const { recorder, store } = openAll(place);
    const other = openAll(place).recorder;
    const points = [recorder.follow(0), other.follow(0), recorder.ingestAll(), other.ingestAll(), recorder.follow()];
    expect(points.reduce((sum, look) => sum + look.points, 0)).toBe(40_000);
    const alone = openAll({ ...newPlace(), runs: place.runs });
    expect(alone.recorder.follow(60_000)).toMatchObject({ points: 40_000, behind: false });
    expect(contents(store)).toEqual(contents(alone.store));
  });
});

describe('which folders are looked at', () => {
  test('old ones every two seconds, those that grew and new ones each time', () => {
    const place = newPlace();
    for (const run of [A, B]) writeJournal(place, run, finishedRun(run));
    const watch = new FolderWatch(place.runs);
    expect(watch.names(0)).toEqual([A, B]);
    watch.grew(A, 0);
    expect(watch.names(1000)).toEqual([A]);
    writeJournal(place, 'cccccccccccc', []);
    utimesSync(place.runs, 1, 1);
    expect(watch.names(1500)).toEqual([A, 'cccccccccccc']);
    expect(watch.names(2000)).toEqual([A, B, 'cccccccccccc']);
    expect(watch.names(11_000)).toHaveLength(3);
    expect(watch.names(11_600)).toEqual([]);
  });
});

test('runs that have finished are not looked at again for a list, all others are', () => {
  const place = newPlace();
  const [finished, killed, running, cut] = ['aaaaaaaaaaaa', 'bbbbbbbbbbbb', 'cccccccccccc', 'dddddddddddd'].map(
    (run, seed) => ({ run, path: writeJournal(place, run, [attempt(run), cellEvent({ seed })]) }),
  ) as [Written, Written, Written, Written];
  appendEvents(finished.path, attempt(finished.run, { attempt: 2 }), point(1), end());
  appendEvents(killed.path, end('finished'), attempt(killed.run, { attempt: 2 }), end('killed'));
  appendEvents(cut.path, end());
  appendFileSync(cut.path, encodeFrame(point(1)).subarray(0, 9));
  openAll(place).recorder.ingestAll();

  for (const { path } of [finished, killed, running]) appendEvents(path, point(2));
  appendFileSync(cut.path, encodeFrame(point(1)).subarray(9));
  writeJournal(place, 'eeeeeeeeeeee', finishedRun('eeeeeeeeeeee', { seed: 9 }));
  const { recorder } = openAll(place);
  expect(recorder.ingestOpen()).toEqual({ journals: 4, events: 9, points: 6, problems: [] });
  expect(recorder.follow()).toMatchObject({ events: 0 });
  expect(recorder.ingestAll()).toEqual({ journals: 1, events: 1, points: 1, problems: [] });
});

interface Written {
  run: string;
  path: string;
}

describe('a writer on another host, whose clock is wrong', () => {
  const HOUR_MS = 3_600_000;
  const far = { host: 'far', processStart: '11111111-2222-3333-4444-555555555555 1' };
  const at = (time: number, step: number) => ({ ...point(step), time });

  /** Its state at our time, after it wrote at these pairs of our time and its own. */
  function stateAfter(words: readonly (readonly [ours: number, theirs: number])[], nowMs: number) {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const place = newPlace();
      const { recorder, store } = openAll(place);
      const path = writeJournal(place, A, []);
      words.forEach(([ours, theirs], i) => {
        vi.setSystemTime(ours);
        if (i === 0) appendEvents(path, attempt(A, { ...far, time: theirs }), cellEvent());
        appendEvents(path, at(theirs, i + 1));
        recorder.ingestAll();
      });
      vi.setSystemTime(nowMs);
      return listRuns(store)[0]?.state;
    } finally {
      vi.useRealTimers();
    }
  }
  const T = 1_800_000_000_000;

  test.each([
    ['right, heard a moment ago', [[T, T]], T + 1000, 'running'],
    ['right, silent', [[T, T]], T + SILENCE_MS + 1, 'unreachable'],
    ['an old folder that is recorded only now', [[T, T - HOUR_MS]], T, 'unreachable'],
    [
      'behind, but its journal grows',
      [
        [T, T - HOUR_MS],
        [T + 1000, T + 1000 - HOUR_MS],
      ],
      T + 1000,
      'running',
    ],
    [
      'behind, and silent',
      [
        [T, T - HOUR_MS],
        [T + 1000, T + 1000 - HOUR_MS],
      ],
      T + SILENCE_MS + 1001,
      'unreachable',
    ],
    ['ahead: not alive for an hour longer', [[T, T + HOUR_MS]], T + SILENCE_MS + 1, 'unreachable'],
    [
      'ahead, and its journal grows',
      [
        [T, T + HOUR_MS],
        [T + HOUR_MS, T + 2 * HOUR_MS],
      ],
      T + HOUR_MS,
      'running',
    ],
    [
      'a tail of long ago that was not recorded then',
      [
        [T, T],
        [T + HOUR_MS, T + 60_000],
      ],
      T + HOUR_MS,
      'unreachable',
    ],
  ] as const)('%s', (_name, words, nowMs, state) => {
    expect(stateAfter(words, nowMs)).toBe(state);
  });
});
