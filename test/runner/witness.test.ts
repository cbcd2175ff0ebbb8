import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { witnessEnd } from '../../src/runner/witness.ts';
import { listRuns } from '../../src/tracking/queries.ts';
import { attempt, cellEvent, end, makeCell, point } from '../tracking/events.ts';
import { newPlace, openAll, type Place, writeJournal } from '../tracking/journals.ts';

const RUN = 'abc123abc123';
const WHO = { pid: 2 ** 22 + 1, processStart: 'then' };
const SPOKEN = [attempt(RUN, WHO), cellEvent(), point(1), point(2)];
let place: Place;
let folder: string;
beforeEach(() => {
  place = newPlace();
  folder = join(place.runs, RUN);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'run.json'), JSON.stringify({ run: RUN, cell: makeCell() }));
});

function witness(exitCode: number | null, signal: string | null, who = WHO) {
  witnessEnd({ run: RUN, folder, ...who, exitCode, signal });
  const { store, recorder } = openAll(place);
  expect(recorder.ingestAll().problems).toEqual([]);
  return listRuns(store)[0];
}

test.each(['SIGKILL', 'SIGTERM'])('%s, which somebody sends: killed, at the last step it told of', signal => {
  writeJournal(place, RUN, SPOKEN);
  expect(witness(null, signal)).toMatchObject({ state: 'killed', reason: `killed by ${signal}`, step: 2, attempts: 1 });
});

test.each([
  [null, 'SIGSEGV', /^its process ended with SIGSEGV; the log ends: out of luck$/],
  [1, null, /^its process ended with exit code 1; the log ends: out of luck$/],
] as const)('exit code %s, signal %s: crashed, with the last line of its log', (exitCode, signal, reason) => {
  writeJournal(place, RUN, SPOKEN);
  writeFileSync(join(folder, 'log.txt'), 'first\nout of luck\n\n');
  expect(witness(exitCode, signal)).toMatchObject({ state: 'crashed', reason: expect.stringMatching(reason) });
});

test('a tail that it left half-written is cut', () => {
  const path = writeJournal(place, RUN, SPOKEN);
  appendFileSync(path, Buffer.from([40, 0, 0, 0, 1, 2]));
  expect(witness(null, 'SIGKILL')).toMatchObject({ state: 'killed', step: 2 });
});

test('gone before its first word: an attempt of its own, with a state and a reason', () => {
  writeFileSync(join(folder, 'log.txt'), 'Cannot find module\n');
  const reason = 'its process ended with exit code 1 before its first word; the log ends: Cannot find module';
  expect(witness(1, null)).toMatchObject({ state: 'crashed', reason, step: 0, attempts: 1 });
});

test('gone before the first word of a second attempt: the first one stays as it is', () => {
  writeJournal(place, RUN, [...SPOKEN, end('killed')]);
  const reason = 'killed by SIGKILL before its first word';
  expect(witness(null, 'SIGKILL', { pid: 5, processStart: 'later' })).toMatchObject({ reason, step: 10, attempts: 2 });
});

test('not to be started at all', () => {
  const reason = 'its process could not be started';
  expect(witness(null, null, { pid: 0, processStart: '' })).toMatchObject({ state: 'crashed', reason });
});

test('one that said its end is left alone, and what is no journal too', () => {
  const path = writeJournal(place, RUN, [...SPOKEN, end('failed')]);
  const before = readFileSync(path);
  expect(witness(4, null)?.state).toBe('failed');
  expect(readFileSync(path)).toEqual(before);
  writeFileSync(path, 'something else');
  witnessEnd({ run: RUN, folder, ...WHO, exitCode: 1, signal: null });
  expect(readFileSync(path, 'utf8')).toBe('something else');
});
