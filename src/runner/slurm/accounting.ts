/** What a cluster's accounting remembers of tasks that squeue has forgotten. Many clusters have none. */
import { askSlurm, NoSlurm } from './commands.ts';
import { phaseOf, type Queue, type QueuedTask, queueKey } from './queue.ts';

/** Between two questions: its database serves the whole cluster. */
const ASK_MS = 30_000;
/** Without a time it tells of today only. */
const SINCE = 'now-30days';
const FIELDS = ['JobID', 'JobName', 'State'];

export class Accounting {
  #nextAtMs = Number.NEGATIVE_INFINITY;
  #isThere = true;
  #found: Queue = new Map();

  /** Of these arrays, as far as it was asked; empty where there is no accounting. */
  async tasksOver(tokens: readonly string[], nowMs = performance.now()): Promise<Queue> {
    if (!this.#isThere || tokens.length === 0 || nowMs < this.#nextAtMs) return this.#found;
    this.#nextAtMs = nowMs + ASK_MS;
    const text = await ask(tokens);
    this.#isThere = text !== null;
    if (text) this.#found = parseAccounting(text);
    return this.#found;
  }
}

/** Null if there is none; empty if nobody answered. */
async function ask(tokens: readonly string[]): Promise<string | null> {
  const ours = ['--noheader', '--parsable2', '--allocations', '--array', `--starttime=${SINCE}`];
  try {
    const answer = await askSlurm('sacct', [...ours, `--format=${FIELDS.join()}`, `--name=${tokens.join()}`]);
    if (answer.kind === 'said') return answer.text;
    return answer.kind === 'away' ? '' : null;
  } catch (error) {
    if (error instanceof NoSlurm) return null;
    throw error;
  }
}

/** Only those that are over: of the others squeue knows more. */
export function parseAccounting(text: string): Queue {
  const rows = [...text.matchAll(/^(\d+)_(\d+)\|([^|\n]*)\|([A-Z_]+)[^|\n]*$/gm)];
  const over = rows.filter(([, , , , state = '']) => phaseOf(state) === 'over');
  return new Map(
    over.map(([, job, index = '', token = '', state = '']): [string, QueuedTask] => [
      queueKey(token, index),
      { id: `${job}_${index}`, phase: 'over', state, reason: '' },
    ]),
  );
}
