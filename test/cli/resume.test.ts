import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { resumeRun } from '../../src/cli/run/resume.ts';
import { UserError } from '../../src/core/errors.ts';
import type { JournalEvent } from '../../src/core/journal.ts';
import { processStart } from '../../src/core/process.ts';
import { attempt, cellEvent, end, finishedRun, makeCell, point } from '../tracking/events.ts';
import { journalPath, newPlace, type Place, writeJournal } from '../tracking/journals.ts';

// Real training, killed, resumed and verified, is in test/faults and test/e2e.
const RUN = 'abc123abc123';
const GONE = { pid: 2 ** 22 + 1 };
const FAR = { host: 'far', processStart: '11111111-2222-3333-4444-555555555555 1' };
let place: Place;
beforeEach(() => {
  place = newPlace();
  vi.stubEnv('BENCH_DIR', place.dir);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});

test('a run that has finished stays as it is', async () => {
  const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  writeJournal(place, RUN, finishedRun(RUN));
  expect(await resumeRun('abc')).toBe(0);
  expect(said).toHaveBeenCalledWith(`${RUN}: finished at step 10, attempt 1\n`);
});

const diverged: JournalEvent = { type: 'metric', time: 2, name: 'diverged', value: 3 };
test.each<[string, JournalEvent[], RegExp]>([
  ['running', [attempt(RUN), cellEvent(), point(1)], /cannot be continued: it is running; stop it first/],
  [
    'unreachable',
    [attempt(RUN, FAR), cellEvent(), point(1)],
    /it may still run: host far: no word for \d+ days; resume it on/,
  ],
  ['diverged', [attempt(RUN, GONE), cellEvent(), point(3), diverged, end('failed')], /it diverged; the same bits/],
])('a run that is %s is refused in one line, and nothing is written', async (_state, events, line) => {
  const path = writeJournal(place, RUN, events);
  const before = readFileSync(path);
  const refused = await resumeRun(RUN).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(UserError);
  expect((refused as UserError).message).toMatch(line);
  expect(readFileSync(path)).toEqual(before);
});

test('while another process runs the experiment, it is left to that one', async () => {
  writeJournal(place, RUN, [attempt(RUN, GONE), cellEvent(), point(1)]);
  mkdirSync(join(place.dir, 'locks'), { recursive: true });
  writeFileSync(join(place.dir, 'locks', makeCell().experiment), `${process.pid} ${processStart(process.pid)}`);
  await expect(resumeRun(RUN)).rejects.toThrow(/another process runs its experiment; wait for that, or stop it\.$/);
  expect(readFileSync(journalPath(place, RUN)).length).toBeGreaterThan(0);
});
