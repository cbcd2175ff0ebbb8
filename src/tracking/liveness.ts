import { uptime } from 'node:os';
import type { EndState } from '../core/journal.ts';
import { type ProcessName, processFate } from '../core/process.ts';
import type { RunState } from '../core/results.ts';

/** Of a process that we cannot look at we know only what it writes, at least a heartbeat every 15 s. */
export const SILENCE_MS = 120_000;

export interface LastAttempt extends ProcessName {
  /** When something new of it was last heard, on this machine's clock. */
  heardAt: number;
  endState: EndState | null;
  reason: string | null;
}

export interface Liveness {
  state: RunState;
  reason: string | null;
}

/**
 * The state of a run now, from the last attempt that its journal tells of; without one nothing was started. What the
 * journal says of an end holds; else the process is looked for, and only where that cannot be done the clock decides.
 * `hasUnread`: whether its journal has more than is recorded; asked once the process is gone, when no more can come. Its
 * last words may stand there, so it counts as running until they are recorded.
 */
export function livenessOf(attempt: LastAttempt | null, hasUnread: () => boolean, nowMs = Date.now()): Liveness {
  if (attempt === null) return { state: 'pending', reason: null };
  if (attempt.endState !== null) return { state: attempt.endState, reason: attempt.reason };
  const fate = processFate(attempt);
  if (fate === 'alive') return { state: 'running', reason: null };
  if (fate === 'gone' && hasUnread()) return { state: 'running', reason: null };
  if (fate === 'gone') return { state: 'crashed', reason: `process ${attempt.pid} is gone without a word` };
  const startedAtMs = nowMs - uptime() * 1000;
  if (fate === 'restarted' && attempt.heardAt < startedAtMs) return lostInRestart(attempt);
  return ofSilence(attempt, nowMs);
}

const lostInRestart = ({ pid }: LastAttempt): Liveness => ({
  state: 'crashed',
  reason: `process ${pid} is gone without a word: the machine was restarted since`,
});

function ofSilence({ host, heardAt }: LastAttempt, nowMs: number): Liveness {
  // A word from the future means that our clock was set back: then, too, only the next word shows that it lives.
  const silentMs = Math.abs(nowMs - heardAt);
  if (silentMs <= SILENCE_MS) return { state: 'running', reason: null };
  return { state: 'unreachable', reason: `host ${host}: no word for ${inWords(silentMs)}` };
}

function inWords(durationMs: number): string {
  const minutes = Math.floor(durationMs / 60_000);
  if (minutes < 120) return `${minutes} minutes`;
  return minutes < 2880 ? `${Math.floor(minutes / 60)} hours` : `${Math.floor(minutes / 1440)} days`;
}
