import {
  appendFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { encodeFrame, type JournalEvent } from '../../src/core/journal.ts';
import { openJournal } from '../../src/runner/journal-writer.ts';
import { curves, listRuns, runDetail } from '../../src/tracking/queries.ts';
import type { Store } from '../../src/tracking/store.ts';
import { attempt, cellEvent, end, finishedRun, makeCell, point } from './events.ts';
import { appendEvents, contents, countPoints, journalBytes, newPlace, openAll, writeJournal } from './journals.ts';

const RUN = 'abc123abc123';

test('a run becomes rows, and recording it again changes nothing', () => {
  const place = newPlace();
  writeJournal(place, RUN, finishedRun(RUN, {}, { type: 'metric', time: 1, name: 'test.top1', value: 0.25 }));
  const { store, recorder } = openAll(place);
  expect(recorder.ingestAll()).toEqual({ journals: 1, events: 7, points: 3, problems: [] });
  const before = contents(store);
  expect(recorder.ingestAll()).toEqual({ journals: 0, events: 0, points: 0, problems: [] });
  expect(contents(store)).toEqual(before);
  expect(listRuns(store)).toMatchObject([{ id: RUN, state: 'finished', step: 10, metrics: { 'test.top1': 0.25 } }]);
});

test('a step that is written again replaces the earlier point', () => {
  const place = newPlace();
  writeJournal(place, RUN, [...finishedRun(RUN), attempt(RUN, { attempt: 2, fromStep: 1 }), point(2, 9), point(3, 8)]);
  const { store, recorder } = openAll(place);
  recorder.ingestAll();
  const points = curves(store, { runs: [RUN] })[0]?.points;
  expect(points).toEqual([
    [1, 1],
    [2, 9],
    [3, 8],
  ]);
  expect(runDetail(store, RUN)).toMatchObject({ attempts: 2, state: 'running', step: 3, startedAt: 1_000_000 });
});

describe('copies', () => {
  test('a folder that was copied, before or after it was recorded, counts once', () => {
    const place = newPlace();
    writeJournal(place, RUN, finishedRun(RUN));
    cpSync(join(place.runs, RUN), join(place.runs, 'copy-1'), { recursive: true });
    const { store, recorder } = openAll(place);
    expect(recorder.ingestAll()).toMatchObject({ events: 6, points: 3, problems: [] });
    cpSync(join(place.runs, RUN), join(place.runs, 'copy-2'), { recursive: true });
    expect(recorder.ingestAll()).toMatchObject({ events: 0, problems: [] });
    expect(listRuns(store)).toHaveLength(1);
    expect(runDetail(store, RUN).folders).toEqual([RUN, 'copy-1', 'copy-2'].sort().map(name => join(place.runs, name)));
  });

  test('a copy that was made early and one that has gone on are one run', () => {
    const place = newPlace();
    const early = writeJournal(place, 'early', finishedRun(RUN).slice(0, 3));
    const { store, recorder } = openAll(place);
    recorder.ingestAll();
    writeJournal(place, 'late', finishedRun(RUN));
    expect(recorder.ingestAll()).toMatchObject({ events: 3, points: 2, problems: [] });
    rmSync(early);
    expect(recorder.ingestAll()).toMatchObject({ events: 0, problems: [] });
    expect(listRuns(store)).toMatchObject([{ id: RUN, state: 'finished' }]);
  });

  test('a journal that tells of the same run otherwise is left out, with one line', () => {
    const place = newPlace();
    writeJournal(place, 'a', finishedRun(RUN));
    writeJournal(place, 'b', finishedRun(RUN, { arm: 'residual-34' }, point(4), point(5)));
    const { store, recorder } = openAll(place);
    const { events, problems } = recorder.ingestAll();
    expect(events).toBe(6);
    expect(problems).toEqual([expect.stringMatching(/b\/journal: tells of run abc123abc123 otherwise/)]);
    expect(listRuns(store).map(run => run.arm)).toEqual(['plain-34']);
  });
});

describe('a process that is gone', () => {
  const gone = attempt(RUN, { pid: 2 ** 22 + 1 });
  const states = (store: Store) => [listRuns(store)[0]?.state, listRuns(store, { state: 'running' }).length];

  test('is running until all that it wrote is recorded, then what it said', () => {
    const place = newPlace();
    const path = writeJournal(place, RUN, [gone, cellEvent(), point(1)]);
    const { store, recorder } = openAll(place);
    recorder.ingestAll();
    expect(states(store)).toEqual(['crashed', 0]);
    appendEvents(path, point(2), end());
    expect(states(store)).toEqual(['running', 1]);
    recorder.ingestAll();
    expect(states(store)).toEqual(['finished', 0]);
  });

  test('has crashed if its journal ends in the middle of a word, or is gone too', () => {
    const place = newPlace();
    const path = writeJournal(place, RUN, [gone, cellEvent(), point(1)]);
    appendFileSync(path, encodeFrame(end()).subarray(0, 9));
    const { store, recorder } = openAll(place);
    recorder.ingestAll();
    expect(states(store)).toEqual(['crashed', 0]);
    rmSync(path);
    expect(states(store)).toEqual(['crashed', 0]);
  });
});

describe('trouble', () => {
  test('a damaged middle marks its run and costs the damaged frame; others go on', () => {
    const place = newPlace();
    const events = [attempt(RUN, { pid: 2 ** 22 + 1 }), cellEvent(), point(1), point(2), point(3)];
    const bytes = journalBytes(events);
    const third = journalBytes(events.slice(0, 3)).length;
    bytes[third + 20] = (bytes[third + 20] as number) ^ 0x10;
    writeJournal(place, RUN, bytes);
    writeJournal(place, 'ffffffffffff', finishedRun('ffffffffffff', { seed: 2 }));
    const { store, recorder } = openAll(place);
    const { problems, points } = recorder.ingestAll();
    const lost = encodeFrame(point(2)).length;
    expect(problems).toEqual([expect.stringContaining(`damaged at byte ${third}: ${lost} bytes are left out.`)]);
    expect(points).toBe(5);
    expect(listRuns(store, { state: 'crashed' })).toMatchObject([
      { id: RUN, reason: expect.stringMatching(/damaged/) },
    ]);
    expect(recorder.ingestAll().problems).toEqual([]);
    appendEvents(join(place.runs, RUN, 'journal'), point(4));
    expect(recorder.ingestAll()).toMatchObject({ points: 1, problems: [] });
    expect(listRuns(store, { state: 'crashed' })).toMatchObject([{ reason: expect.stringMatching(/damaged/) }]);
  });

  test('a damaged first frame costs who wrote it, not the run: its spec names it', () => {
    const place = newPlace();
    const bytes = journalBytes(finishedRun(RUN));
    bytes[20] = (bytes[20] as number) ^ 1;
    writeJournal(place, RUN, bytes);
    const { store, recorder } = openAll(place);
    expect(recorder.ingestAll().problems).toEqual([expect.stringMatching(/expected an "attempt" event that names/)]);
    writeFileSync(join(place.runs, RUN, 'run.json'), JSON.stringify({ run: RUN, cell: makeCell() }));
    expect(recorder.ingestAll()).toMatchObject({ points: 3, problems: [expect.stringMatching(/damaged at byte 8:/)] });
    expect(listRuns(store)).toMatchObject([{ id: RUN, state: 'finished', attempts: 1 }]);
    expect(recorder.ingestAll()).toMatchObject({ points: 0, problems: [] });
    const rows = store.read(() => store.prepare('SELECT pid, process_start, host, from_step FROM attempts').all());
    expect(rows).toEqual([{ pid: 0, process_start: '', host: 'unknown', from_step: 0 }]);
  });

  test('a damaged first frame of a copy takes nothing from the run that is recorded', () => {
    const place = newPlace();
    writeJournal(place, 'a-copy', finishedRun(RUN));
    const bytes = journalBytes(finishedRun(RUN));
    bytes[20] = (bytes[20] as number) ^ 1;
    writeJournal(place, RUN, bytes);
    writeFileSync(join(place.runs, RUN, 'run.json'), JSON.stringify({ run: RUN, cell: makeCell() }));
    const { store, recorder } = openAll(place);
    expect(recorder.ingestAll()).toMatchObject({ points: 3, problems: [] });
    expect(store.read(() => store.prepare('SELECT pid FROM attempts', 'pluck').all())).toEqual([process.pid]);
  });

  test('a damaged cell is that of the folder’s spec, if it is of this run', () => {
    const armsAfter = (spec: object | null, framesBefore = 1) => {
      const place = newPlace();
      const bytes = journalBytes(finishedRun(RUN));
      const at = journalBytes(finishedRun(RUN).slice(0, framesBefore)).length;
      bytes[at + 20] = (bytes[at + 20] as number) ^ 1;
      writeJournal(place, RUN, bytes);
      if (spec !== null) writeFileSync(join(place.runs, RUN, 'run.json'), JSON.stringify(spec));
      const { store, recorder } = openAll(place);
      expect(recorder.ingestAll().problems).toEqual([expect.stringMatching(/damaged at byte/)]);
      expect(countPoints(store)).toBe(framesBefore === 1 ? 3 : 2);
      const since = store.read(() => store.prepare('SELECT first_seen_at FROM experiments', 'pluck').all());
      if (spec !== null && framesBefore === 1) expect(since.every(time => time === 1_000_000)).toBe(true);
      return store.read(() => store.prepare<string>('SELECT arm FROM cells', 'pluck').all());
    };
    const another = { run: RUN, cell: makeCell({ arm: 'residual-34' }) };
    expect(armsAfter(another)).toEqual(['residual-34']);
    expect(armsAfter(another, 3)).toEqual(['plain-34']);
    expect(armsAfter({ run: 'ffffffffffff', cell: makeCell() })).toEqual([]);
    expect(armsAfter(null)).toEqual([]);
  });

  test('an attempt or an end that is told twice changes nothing', () => {
    const place = newPlace();
    const events = finishedRun(RUN);
    const path = writeJournal(place, RUN, events);
    const { store, recorder } = openAll(place);
    recorder.ingestAll();
    const before = listRuns(store);
    appendEvents(path, ...events);
    expect(recorder.ingestAll().events).toBe(events.length);
    expect(listRuns(store)).toEqual(before);
    expect(countPoints(store)).toBe(3);
  });

  test.runIf(existsSync('/proc/self/fd'))('no file stays open, whatever is in it', () => {
    const place = newPlace();
    writeJournal(place, 'a', Buffer.from('step,loss\n1,0.5\n'));
    const path = writeJournal(place, RUN, finishedRun(RUN));
    const { recorder } = openAll(place);
    recorder.ingestAll();
    const open = readdirSync('/proc/self/fd').length;
    for (let step = 1; step <= 20; step++) {
      appendEvents(path, point(step));
      recorder.ingestAll();
    }
    expect(readdirSync('/proc/self/fd').length).toBeLessThan(open + 10);
  });

  test('files that are no journals give one line each; empty and vanished ones none', () => {
    const place = newPlace();
    writeJournal(place, 'a', Buffer.from('step,loss\n1,0.5\n'));
    writeJournal(place, 'b', Buffer.alloc(0));
    writeJournal(place, 'c', Buffer.from('BEN'));
    writeFileSync(join(place.runs, 'stray.txt'), 'x');
    writeJournal(place, RUN, finishedRun(RUN));
    const { recorder } = openAll(place);
    const summary = recorder.ingestAll();
    expect(summary.problems).toEqual([
      expect.stringMatching(/a\/journal: not a journal: expected .*"BENCHJ1", got "step,los"/),
    ]);
    expect(summary.points).toBe(3);
    renameSync(place.runs, `${place.runs}.gone`);
    expect(recorder.ingestAll()).toEqual({ journals: 0, events: 0, points: 0, problems: [] });
    expect(recorder.ingestRun(RUN).events).toBe(0);
  });

  test('a journal that leads nowhere is one line, and others go on', () => {
    const place = newPlace();
    const path = writeJournal(place, 'a', []);
    rmSync(path);
    symlinkSync(path, path);
    writeJournal(place, RUN, finishedRun(RUN));
    const { points, problems } = openAll(place).recorder.ingestAll();
    expect(points).toBe(3);
    expect(problems).toEqual([expect.stringContaining(`${path}: cannot be read: ELOOP`)]);
  });

  test('events that make no sense are left out with one line each, unknown ones without', () => {
    const place = newPlace();
    const odd = [
      { type: 'points', time: 5, step: -1, values: { loss: 1 } },
      { type: 'points', time: 5, step: 2, values: { loss: 'many' } },
      { type: 'metric', time: 5, name: 'x', value: [1] },
      { type: 'cell', time: 5, cell: { experiment: 'x' } },
      { type: 'end', time: 5, state: 'happy', step: 1 },
      { type: 'attempt', time: 5, run: RUN },
      { type: 'weather', time: 5, sun: true },
    ] as unknown as JournalEvent[];
    writeJournal(place, RUN, finishedRun(RUN, {}, ...odd));
    const { store, recorder } = openAll(place);
    const { problems } = recorder.ingestAll();
    expect(problems).toHaveLength(6);
    expect(problems[1]).toMatch(/an event of type "points" was left out: expected its "values" .* got {"loss":"many"}/);
    expect(listRuns(store)).toMatchObject([{ state: 'finished', arm: 'plain-34' }]);
    expect(countPoints(store)).toBe(3);
  });

  test('a journal without the name of its run waits while it is short', () => {
    const place = newPlace();
    const path = writeJournal(place, RUN, [point(1)]);
    const { store, recorder } = openAll(place);
    expect(recorder.ingestAll()).toEqual({ journals: 0, events: 0, points: 0, problems: [] });
    appendEvents(path, attempt(RUN), cellEvent(), point(2));
    expect(recorder.ingestAll()).toMatchObject({ events: 4, points: 2 });
    expect(listRuns(store)).toMatchObject([{ id: RUN, state: 'running' }]);
  });
});

test.each(['no', 'an empty'])('a folder with a spec and %s journal is a pending run, and later the same run', which => {
  const place = newPlace();
  const path = writeJournal(place, RUN, Buffer.alloc(0));
  if (which === 'no') rmSync(path);
  writeFileSync(join(place.runs, RUN, 'run.json'), JSON.stringify({ run: RUN, cell: makeCell() }));
  const { store, recorder } = openAll(place);
  recorder.ingestAll();
  expect(listRuns(store)).toMatchObject([{ id: RUN, state: 'pending', step: 0, steps: 10, startedAt: null }]);
  writeFileSync(path, journalBytes(finishedRun(RUN)));
  recorder.ingestAll();
  expect(listRuns(store)).toMatchObject([{ id: RUN, state: 'finished' }]);
});

test('a folder whose spec is of another run, is none, or cannot be read, is no pending run', () => {
  const place = newPlace();
  const specs = [{ run: RUN, cell: makeCell() }, { run: 'bbbbbbbbbbbb' }, null, 7];
  const names = ['aaaaaaaaaaaa', 'bbbbbbbbbbbb', 'cccccccccccc', 'dddddddddddd', 'eeeeeeeeeeee'];
  for (const [i, name] of names.entries()) {
    writeJournal(place, name, Buffer.alloc(0));
    writeFileSync(join(place.runs, name, 'run.json'), i < specs.length ? JSON.stringify(specs[i]) : '{"run":');
  }
  const { store, recorder } = openAll(place);
  expect(recorder.ingestAll()).toEqual({ journals: 0, events: 0, points: 0, problems: [] });
  expect(listRuns(store)).toEqual([]);
});

test('more journals than are recorded at once, each to its end', () => {
  const place = newPlace();
  const names = Array.from({ length: 300 }, (_, i) => `${(0xa000 + i).toString(16)}00000000`);
  for (const [seed, name] of names.entries()) writeJournal(place, name, finishedRun(name, { seed }));
  const { recorder } = openAll(place);
  expect(recorder.ingestAll()).toEqual({ journals: 300, events: 1800, points: 900, problems: [] });
  expect(recorder.ingestOpen()).toMatchObject({ journals: 0, events: 0 });
});

test('NaN and infinities survive from the journal to the curve', () => {
  const place = newPlace();
  const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0.1, 5e-324, 1.7976931348623157e308];
  const words = ['NaN', 'Infinity', '-Infinity', -0.1, 5e-324, 1.7976931348623157e308] as const;
  const nothing = { type: 'points', time: 1, step: 7, values: { 'train.loss': null } } as unknown as JournalEvent;
  const metrics = words.map((value, i): JournalEvent => ({ type: 'metric', time: 1, name: `m${i}`, value }));
  writeJournal(place, RUN, [
    attempt(RUN),
    cellEvent(),
    ...words.map((word, i) => point(i + 1, word)),
    nothing,
    ...metrics,
  ]);
  const { store, recorder } = openAll(place);
  recorder.ingestAll();
  const points = curves(store, { runs: [RUN], metrics: ['train.loss'] })[0]?.points ?? [];
  expect(points.map(([, value]) => value)).toEqual([...values, Number.NaN]);
  expect(Object.values(listRuns(store)[0]?.metrics ?? {})).toEqual(values);
});

test('what the writer writes, cut and continued, is recorded as one run', () => {
  const place = newPlace();
  const path = writeJournal(place, RUN, finishedRun(RUN).slice(0, 4));
  const { store, recorder } = openAll(place);
  recorder.ingestAll();
  truncateSync(path, readFileSync(path).length);
  writeFileSync(path, Buffer.concat([readFileSync(path), encodeFrame(point(9)).subarray(0, 11)]));
  recorder.ingestAll();
  const journal = openJournal(path);
  journal.append(attempt(RUN, { attempt: 2, fromStep: 2 }));
  journal.append(point(3));
  journal.append(end());
  journal.close();
  expect(recorder.ingestAll()).toMatchObject({ events: 3, points: 1, problems: [] });
  expect(listRuns(store)).toMatchObject([{ attempts: 2, state: 'finished' }]);
  expect(countPoints(store)).toBe(3);
});
