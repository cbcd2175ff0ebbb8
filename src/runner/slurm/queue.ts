/** What Slurm knows of our tasks now. */
import { refusal, type UserError } from '../../core/errors.ts';
import { type Answer, askSlurm } from './commands.ts';

export interface QueuedTask {
  /** As Slurm wants it: `ARRAY_TASK`. The id alone would address the whole array. */
  id: string;
  phase: 'queued' | 'running' | 'over';
  /** Slurm's word: PENDING, TIMEOUT, … */
  state: string;
  /** Why it waits: Resources, Priority, BeginTime, … */
  reason: string;
}

/** By token and index of the array's task. */
export type Queue = ReadonlyMap<string, QueuedTask>;

export const queueKey = (token: string, index: number | string): string => `${token}/${index}`;

/** Tasks that are dropped before they began have one entry together, without an index. */
const UNBEGUN = 'N/A';

export const findTask = (queue: Queue, token: string, index: number): QueuedTask | undefined =>
  queue.get(queueKey(token, index)) ?? queue.get(queueKey(token, UNBEGUN));

const FORMAT = '%F|%K|%T|%r|%j';
const WAITING = /^(PENDING|REQUEUED|REQUEUE_FED|REQUEUE_HOLD|SPECIAL_EXIT|RESV_DEL_HOLD)$/;
const RUNNING = /^(RUNNING|COMPLETING|CONFIGURING|SUSPENDED|STOPPED|SIGNALING|STAGE_OUT|RESIZING)$/;

/**
 * All tasks of these arrays that Slurm has not forgotten, by one call for however many; null while its controller is
 * away. Asked by name: ids may be another's by now.
 */
export async function readQueue(tokens: readonly string[]): Promise<Queue | null> {
  if (tokens.length === 0) return new Map();
  const ours = ['--array', '--states=all', '--noheader', `--format=${FORMAT}`, `--name=${tokens.join()}`, '--me'];
  const answer = await askSlurm('squeue', ours);
  return answer.kind === 'away' ? null : parseQueue(saidOrThrow(answer, 'to say what runs'));
}

export function parseQueue(text: string): Queue {
  const rows = text.split('\n').flatMap(line => {
    const [, job, index, state = '', reason = '', token = ''] =
      /^(\d+)\|(\d+|N\/A)\|([^|]*)\|(.*)\|([^|]*)$/.exec(line) ?? [];
    return job === undefined || index === undefined
      ? []
      : [[queueKey(token.trim(), index), { id: `${job}_${index}`, phase: phaseOf(state), state, reason }] as const];
  });
  return new Map(rows);
}

export function phaseOf(state: string): QueuedTask['phase'] {
  if (WAITING.test(state)) return 'queued';
  return RUNNING.test(state) ? 'running' : 'over';
}

/** Slurm's own. */
export const DEFAULT_ARRAY_SIZE = 1000;

/** The greatest number of tasks that an array may have. */
export async function maxArraySize(): Promise<number> {
  const answer = await askSlurm('scontrol', ['show', 'config']);
  const size = Number(/^MaxArraySize\s*=\s*(\d+)/m.exec(saidOrThrow(answer, 'the configuration'))?.[1]);
  // The size is one more than the greatest index.
  return Number.isFinite(size) && size > 1 ? size - 1 : DEFAULT_ARRAY_SIZE;
}

/** For what cannot wait until the controller is back. */
export function saidOrThrow(answer: Answer, what: string): string {
  if (answer.kind === 'said') return answer.text;
  if (answer.kind === 'away') throw controllerAway();
  throw refusal(`Slurm refused ${what}: ${answer.why}.`);
}

export const controllerAway = (): UserError =>
  refusal("expected an answer of Slurm's controller, got none. What runs goes on; try again later.");
