/** What a worker could not say itself: whoever started it saw its end, and writes it behind its last word. */
import { closeSync, existsSync, fstatSync, openSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../core/errors.ts';
import type { Json } from '../core/ids.ts';
import type { EndState } from '../core/journal.ts';
import { readBytes } from '../core/journal-reader.ts';
import { runFiles } from '../core/places.ts';
import type { ProcessName } from '../core/process.ts';
import { journalEvents } from './journal-events.ts';
import { openJournal } from './journal-writer.ts';
import { readRunSpec } from './run-folder.ts';

/** Signals that somebody sends; all others are the process's own doing. */
const SENT = new Set(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT']);
const LOG_TAIL_BYTES = 4096;
const LOG_LINE_CHARS = 300;

export interface SeenEnd {
  run: string;
  folder: string;
  /** 0 and '' if it could not be started. */
  pid: number;
  processStart: string;
  exitCode: number | null;
  signal: string | null;
}

/**
 * Completes the journal of a worker that is gone: `killed` by a signal that somebody sent, else `crashed`. One that was
 * gone before its first word gets an attempt too. Nothing is written if it said its end itself, or if the folder
 * refuses: then `bench list` finds out that the process is gone.
 */
export function witnessEnd(end: SeenEnd): void {
  if (end.exitCode === 0) return;
  try {
    const last = lastWords(join(end.folder, runFiles.journal));
    const spoke = last.pid === end.pid && last.processStart === end.processStart;
    if (!spoke || !last.ended) append(end, last, spoke);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
}

/** The same by hearsay, of the last attempt that the journal tells of. Nothing is written if it has said its end. */
export function reportEnd(folder: string, words: { state: EndState; reason: string }): void {
  const path = join(folder, runFiles.journal);
  const { attempt, step, ended } = lastWords(path);
  if (attempt === 0 || ended) return;
  const journal = openJournal(path);
  journal.append({ type: 'end', time: Date.now(), step, ...words });
  journal.close();
}

interface LastWords extends ProcessName {
  attempt: number;
  step: number;
  ended: boolean;
}

/** Of the last attempt that the journal tells of; attempt 0 before the first. */
export function lastWords(path: string): LastWords {
  const last: LastWords = { attempt: 0, pid: -1, processStart: '', host: '', step: 0, ended: false };
  for (const event of journalEvents(path)) {
    if (event.type === 'attempt') {
      const { attempt, pid, processStart, host, fromStep } = event;
      Object.assign(last, { attempt, pid, processStart, host, step: fromStep });
    } else if ('step' in event) last.step = event.step;
    last.ended = event.type === 'end';
  }
  return last;
}

function append(end: SeenEnd, { attempt, step }: LastWords, spoke: boolean): void {
  const journal = openJournal(join(end.folder, runFiles.journal));
  try {
    if (!spoke) {
      const { run, pid, processStart } = end;
      const who = { pid, processStart, host: hostname(), fromStep: step };
      journal.append({ type: 'attempt', time: Date.now(), run, attempt: attempt + 1, ...who });
      const { cell } = readRunSpec(end.folder);
      journal.append({ type: 'cell', time: Date.now(), cell: cell as unknown as Json });
    }
    journal.append({ type: 'end', time: Date.now(), step, ...wordsFor(end, spoke) });
  } finally {
    journal.close();
  }
}

function wordsFor({ folder, pid, exitCode, signal }: SeenEnd, spoke: boolean): { state: EndState; reason: string } {
  const before = spoke ? '' : ' before its first word';
  if (signal !== null && SENT.has(signal)) return { state: 'killed', reason: `killed by ${signal}${before}` };
  if (pid === 0) return { state: 'crashed', reason: 'its process could not be started' };
  const how = `its process ended with ${signal ?? `exit code ${exitCode}`}`;
  const line = lastLine(join(folder, runFiles.log));
  return { state: 'crashed', reason: `${how}${before}${line && `; the log ends: ${line}`}` };
}

function lastLine(path: string): string {
  if (!existsSync(path)) return '';
  const file = openSync(path, 'r');
  try {
    const from = Math.max(0, fstatSync(file).size - LOG_TAIL_BYTES);
    const lines = readBytes(file, from, LOG_TAIL_BYTES).toString('utf8').trimEnd().split('\n');
    return (lines.at(-1) ?? '').trim().slice(0, LOG_LINE_CHARS);
  } finally {
    closeSync(file);
  }
}
