/** A store on a file system that several machines share is open on one of them at a time. */
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { EXIT, UserError } from '../../src/core/errors.ts';
import { processStart } from '../../src/core/process.ts';
import { openStore } from '../../src/tracking/store.ts';
import { newPlace, type Place } from './journals.ts';

const HERE = { pid: process.pid, processStart: processStart(process.pid) ?? '', host: hostname() };
const OTHER_BOOT = HERE.processStart.replace(/^\S+/, '01234567-89ab-cdef-0123-456789abcdef');
const ELSEWHERE = { ...HERE, processStart: OTHER_BOOT, host: 'login2' };

const dirOf = (place: Place): string => join(place.dir, 'open-store.sqlite');

const words = (place: Place): string[] => {
  const dir = dirOf(place);
  return existsSync(dir) ? readdirSync(dir) : [];
};

/** Somebody's word, which was renewed so long ago. */
function leaveWord(place: Place, owner: object, secondsAgo = 0): string {
  mkdirSync(dirOf(place), { recursive: true });
  const word = join(dirOf(place), 'somebody');
  writeFileSync(word, JSON.stringify(owner));
  const time = Date.now() / 1000 - secondsAgo;
  utimesSync(word, time, time);
  return word;
}

test('who opens it says so, and takes that back', () => {
  const place = newPlace();
  const [first, second] = [openStore(place.storePath), openStore(place.storePath, { readonly: true })];
  const said = words(place);
  expect(said).toHaveLength(2);
  expect(JSON.parse(readFileSync(join(dirOf(place), said[0] as string), 'utf8'))).toEqual(HERE);
  first.close();
  expect(words(place)).toHaveLength(1);
  second.close();
  expect(existsSync(dirOf(place))).toBe(false);
});

test('open on another machine, it is refused in one line, to readers too', () => {
  const place = newPlace();
  openStore(place.storePath).close();
  leaveWord(place, ELSEWHERE, 20);
  for (const readonly of [false, true]) {
    const open = () => openStore(place.storePath, { readonly });
    expect(open).toThrow(UserError);
    expect(open).toThrow(
      /^store \S+ is open on login2 \(process \d+\), and SQLite serves one machine at a time: .* this works in (100|99) s\.$/,
    );
    expect(open).toThrow(expect.objectContaining({ exitCode: EXIT.noData }));
  }
  expect(words(place)).toEqual(['somebody']);
});

test('a machine that has been silent for two minutes is gone', () => {
  const place = newPlace();
  leaveWord(place, ELSEWHERE, 121);
  openStore(place.storePath).close();
  expect(words(place)).toEqual([]);
});

test('a container of this machine shares its memory, and a process of ours that was killed bars nobody', () => {
  const place = newPlace();
  leaveWord(place, { ...HERE, host: 'container' });
  openStore(place.storePath).close();
  expect(words(place)).toEqual(['somebody']);
  leaveWord(place, { ...HERE, processStart: HERE.processStart.replace(/ \d+/, ' 1') });
  openStore(place.storePath).close();
  expect(words(place)).toEqual([]);
});

test('the word is renewed while the store is open', () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const place = newPlace();
  const store = openStore(place.storePath);
  const word = join(dirOf(place), words(place)[0] as string);
  writeFileSync(word, 'old');
  vi.advanceTimersByTime(15_000);
  expect(JSON.parse(readFileSync(word, 'utf8'))).toEqual(HERE);
  store.close();
  vi.advanceTimersByTime(60_000);
  expect(existsSync(word)).toBe(false);
  vi.useRealTimers();
});
