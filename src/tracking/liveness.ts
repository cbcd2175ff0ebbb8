import { hostname } from 'node:os';
import type { EndState } from '../core/journal.ts';
import { processStart } from '../core/process.ts';
import type { RunState } from '../core/results.ts';

/** Of a process on another host we know only what it wrote: after this long without a word it counts as gone. */
const REMOTE_SILENCE_MS = 60_000;

export interface LastAttempt {
  pid: number;
  processStart: string;
  host: string;
  lastEventAt: number;
  endState: EndState | null;
  reason: string | null;
}

export interface Liveness {
  state: RunState;
  reason: string | null;
}

/** The state of a run now, from the last attempt that its journal tells of; without one nothing was started. */
export function livenessOf(attempt: LastAttempt | null, nowMs = Date.now()): Liveness {
  if (attempt === null) return { state: 'pending', reason: null };
  if (attempt.endState !== null) return { state: attempt.endState, reason: attempt.reason };
  if (attempt.host !== hostname()) return remote(attempt, nowMs);
  const start = processStart(attempt.pid);
  if (start !== null && start === attempt.processStart) return { state: 'running', reason: null };
  return { state: 'crashed', reason: `process ${attempt.pid} is gone without a word` };
}

function remote(attempt: LastAttempt, nowMs: number): Liveness {
  if (nowMs - attempt.lastEventAt < REMOTE_SILENCE_MS) return { state: 'running', reason: null };
  return { state: 'crashed', reason: `unreachable host ${attempt.host}` };
}
