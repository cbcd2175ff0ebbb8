/** How a run stands, from what Slurm says of its task and what lies in the run's folder. */
import type { EndState } from '../../core/journal.ts';
import type { TaskState } from '../executor.ts';
import type { AttemptCounts, Claim } from './claims.ts';
import type { HolderFate } from './holder.ts';
import type { QueuedTask } from './queue.ts';
import { type Chances, isExhausted } from './retries.ts';

export interface Evidence {
  /** Undefined: Slurm does not know it, or not any more. */
  task: QueuedTask | undefined;
  claim: Claim | null;
  /** Of the claim's process. */
  holder: HolderFate;
  counts: AttemptCounts;
  chances: Chances;
  /** `bench cancel` has asked for it. */
  cancelled: boolean;
}

export type Standing =
  | { kind: 'state'; state: TaskState }
  /** Its process is gone without a word: somebody has to say so, and then to look again. */
  | { kind: 'silent'; state: EndState; reason: string; stopped: boolean }
  /** Not over, and nobody will go on with it by himself. */
  | { kind: 'lost'; reason: string };

/** Slurm's word → what a person is told, and whether the cell is to blame. */
const OVER: Record<string, { reason: string; stopped: boolean }> = {
  CANCELLED: { reason: 'cancelled', stopped: true },
  TIMEOUT: { reason: 'the time limit was reached', stopped: true },
  DEADLINE: { reason: 'the deadline was reached', stopped: true },
  PREEMPTED: { reason: 'preempted', stopped: true },
  NODE_FAIL: { reason: 'its node failed', stopped: true },
  BOOT_FAIL: { reason: 'its node did not start', stopped: true },
  OUT_OF_MEMORY: { reason: 'out of memory', stopped: false },
  FAILED: { reason: 'its task failed', stopped: false },
  COMPLETED: { reason: 'its task ended before its turn', stopped: true },
};
const FORGOTTEN = { reason: 'Slurm does not know its task any more', stopped: true };

/** The folder's word on an end holds; Slurm's on who waits and runs. */
export function standingOf(evidence: Evidence): Standing {
  const { task, claim, holder } = evidence;
  if (claim?.end?.settled) return ended(claim.end.exitCode, claim.end.signal);
  if (task?.phase === 'queued') return { kind: 'state', state: { phase: 'queued', reason: task.reason } };
  if (task?.phase === 'running') return { kind: 'state', state: whileRunning(evidence) };
  if (claim !== null && claim.end === null && holder !== 'gone') return { kind: 'state', state: { phase: 'running' } };
  return afterwards(evidence);
}

/** Cells that share a task wait for each other. */
function whileRunning({ claim, counts, chances }: Evidence): TaskState {
  if (claim === null) return { phase: 'queued', reason: 'its task runs others first' };
  const { end } = claim;
  return end !== null && isExhausted(counts, chances) ? { phase: 'ended', ...end } : { phase: 'running' };
}

function afterwards({ task, claim, counts, chances, cancelled }: Evidence): Standing {
  const { reason, stopped } = cancelled ? CANCELLED : over(task);
  if (claim !== null && claim.end === null) return { kind: 'silent', state: endState(stopped), reason, stopped };
  if (cancelled || task?.state.startsWith('CANCELLED')) return ended(null, null, reason);
  if (claim?.end && isExhausted(counts, chances)) return ended(claim.end.exitCode, claim.end.signal, reason);
  return { kind: 'lost', reason };
}

const CANCELLED = OVER.CANCELLED as { reason: string; stopped: boolean };

function over(task: QueuedTask | undefined): { reason: string; stopped: boolean } {
  if (task === undefined) return FORGOTTEN;
  return OVER[task.state] ?? { reason: `Slurm says ${task.state}`, stopped: true };
}

const endState = (stopped: boolean): EndState => (stopped ? 'killed' : 'crashed');

const ended = (exitCode: number | null, signal: string | null, reason?: string): Standing => ({
  kind: 'state',
  state: { phase: 'ended', exitCode, signal, ...(reason !== undefined && { reason }) },
});
