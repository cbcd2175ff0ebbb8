import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodeFrames } from '../../src/core/journal.ts';
import { listRuns } from '../../src/tracking/queries.ts';
import { finishedRun, point } from '../tracking/events.ts';
import { countPoints, ended, newPlace, openAll, startProcess, writeJournal } from '../tracking/journals.ts';
import { smallDisk } from '../tracking/processes/small-disk.ts';

const EIO = 5;

describe.skipIf(process.platform !== 'linux')('a disk that fills up', () => {
  test.each([1000, 1013, 1060])('under the journal, at byte %d: one line, and the file stays valid', async bytes => {
    const path = join(newPlace().dir, 'journal');
    const child = startProcess('write-until-full', [path], { env: smallDisk('/journal', bytes) });
    const { stdout, stderr, code } = await ended(child);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    const { step, user, line } = JSON.parse(stdout);
    expect(user).toBe(true);
    expect(line).toMatch(
      /^could not write to the journal .*ENOSPC.*The disk is full: make room, then resume the run\.$/,
    );
    const { events, tail } = decodeFrames(readFileSync(path).subarray(8));
    expect(tail).toBe('clean');
    expect(step).toBeGreaterThan(10);
    expect(events.map(event => event.type)).toEqual([...Array(step).fill('heartbeat'), 'end']);
  });

  test('a part of a frame that could not be cut off at once is cut before the next one', async () => {
    const path = join(newPlace().dir, 'journal');
    const args = [path, 'no-cut'];
    const { stdout, code } = await ended(startProcess('write-until-full', args, { env: smallDisk('/journal', 1013) }));
    expect(code).toBe(0);
    const { events, tail } = decodeFrames(readFileSync(path).subarray(8));
    expect(tail).toBe('clean');
    expect(events).toHaveLength(JSON.parse(stdout).step + 1);
  });

  test('a fault of the device is told as such', async () => {
    const path = join(newPlace().dir, 'journal');
    const { stdout } = await ended(startProcess('write-until-full', [path], { env: smallDisk('/journal', 500, EIO) }));
    expect(JSON.parse(stdout).line).toMatch(/EIO.*The disk reports a fault/);
    expect(decodeFrames(readFileSync(path).subarray(8)).tail).toBe('clean');
  });

  test.each(['store.sqlite-wal', 'store.sqlite'])(
    'under %s: one line, nothing is lost, and it goes on later',
    async file => {
      const place = newPlace();
      const points = Array.from({ length: 3000 }, (_, i) => point(i + 1));
      for (const run of ['a00000000000', 'b00000000000']) writeJournal(place, run, finishedRun(run, {}, ...points));
      const child = startProcess('record', [place.dir, '1'], { env: smallDisk(`/${file}`, 60_000) });
      const { stderr, code } = await ended(child);
      if (file.endsWith('-wal')) {
        expect(code).not.toBe(0);
        expect(stderr).toMatch(/UserError: store .*The disk is full: make room and repeat; nothing is lost\./);
      }
      const { store, recorder } = openAll(place);
      expect(store.read(() => store.prepare('PRAGMA integrity_check', 'pluck').all())).toEqual(['ok']);
      recorder.ingestAll();
      expect(countPoints(store)).toBe(6000);
      expect(listRuns(store, { state: 'finished' })).toHaveLength(2);
      rmSync(place.runs, { recursive: true });
    },
  );
});
