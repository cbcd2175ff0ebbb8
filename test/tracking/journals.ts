/** Run folders and processes for the tests of the store. */
import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { encodeFrame, JOURNAL_MAGIC, type JournalEvent } from '../../src/core/journal.ts';
import { Recorder } from '../../src/tracking/recorder.ts';
import { openStore, type Store } from '../../src/tracking/store.ts';
import { newFolder } from '../new-folder.ts';
import { programArguments } from '../typescript-program.ts';

export interface Place {
  dir: string;
  runs: string;
  storePath: string;
}

export function newPlace(): Place {
  const dir = newFolder();
  return { dir, runs: join(dir, 'runs'), storePath: join(dir, 'store.sqlite') };
}

/** A store that is closed at the end of the test, and a recorder into it. */
export function openAll(place: Place): { store: Store; recorder: Recorder } {
  const store = openStore(place.storePath);
  onTestFinished(() => store.close());
  return { store, recorder: new Recorder(store, place.runs) };
}

export const journalBytes = (events: readonly JournalEvent[]): Buffer =>
  Buffer.concat([JOURNAL_MAGIC, ...events.map(encodeFrame)]);

export const journalPath = (place: Place, folder: string): string => join(place.runs, folder, 'journal');

export function writeJournal(place: Place, folder: string, events: readonly JournalEvent[] | Buffer): string {
  mkdirSync(join(place.runs, folder), { recursive: true });
  const path = journalPath(place, folder);
  writeFileSync(path, Buffer.isBuffer(events) ? events : journalBytes(events));
  return path;
}

export function appendEvents(path: string, ...events: JournalEvent[]): void {
  appendFileSync(path, Buffer.concat(events.map(encodeFrame)));
}

/** All rows of the tables that a journal fills, to compare two stores. */
export function contents(store: Store): Record<string, unknown[]> {
  const tables = {
    runs: 'id, cell, started_at, journal_offset',
    attempts: '*',
    cells: '*',
    params: '*',
    metrics: '*',
    points: '*',
    artifacts: '*',
  };
  return store.read(() =>
    Object.fromEntries(
      Object.entries(tables).map(([table, columns]) => [table, store.prepare(`SELECT ${columns} FROM ${table}`).all()]),
    ),
  );
}

export const countPoints = (store: Store): number =>
  store.read(() => store.prepare<number>('SELECT count(*) FROM points', 'pluck').get()) as number;

/** Starts one of the programs in processes/, which are TypeScript. */
export function startProcess(
  name: string,
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; uid?: number } = {},
): ChildProcess {
  const program = programArguments(`processes/${name}.ts`, import.meta.url);
  const child = spawn(process.execPath, [...program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
    env: { ...process.env, ...options.env },
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export function ended(child: ChildProcess): Promise<Ended> {
  const texts = { stdout: '', stderr: '' };
  child.stdout?.on('data', data => {
    texts.stdout += data;
  });
  child.stderr?.on('data', data => {
    texts.stderr += data;
  });
  return new Promise(resolve => child.once('close', (code, signal) => resolve({ code, signal, ...texts })));
}

/** The command line over the runs of `place`. */
export const bench = (place: Place, ...args: string[]): Promise<Ended> =>
  ended(startProcess('../../../src/cli/main', args, { env: { BENCH_DIR: place.dir } }));
