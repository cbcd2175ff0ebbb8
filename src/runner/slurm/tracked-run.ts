/** A run in the hands of an array's task, as one who follows it sees it. */
import { reportEnd } from '../witness.ts';
import { countAttempts, endAttempt, lastClaim, replaceJournal } from './claims.ts';
import { Holder } from './holder.ts';
import { findTask, type Queue } from './queue.ts';
import { type Standing, standingOf } from './standing.ts';
import type { SubmittedTask } from './submission.ts';

/** Looks in a row: a task that was submitted a moment ago may not be listed yet. */
const ABSENCES = 3;

export class TrackedRun {
  readonly task: SubmittedTask;
  readonly token: string;
  readonly index: number;
  /** How often we have submitted it. */
  readonly submissions: number;
  readonly #holder: Holder;
  #absences = 0;

  constructor(task: SubmittedTask, token: string, index: number, submissions: number) {
    this.task = task;
    this.token = token;
    this.index = index;
    this.submissions = submissions;
    this.#holder = new Holder(task.folder);
  }

  /** Null while it is too early to say. `cancelled`: somebody has asked `bench cancel` for its array. */
  look(queue: Queue, cancelled: boolean): Standing | null {
    const standing = this.#standing(queue, cancelled);
    if (standing.kind === 'state') return standing;
    if (this.#absences > 0 && this.#absences < ABSENCES) return null;
    if (standing.kind === 'lost') return standing;
    this.#sayItsEnd(standing);
    return null;
  }

  #standing(queue: Queue, cancelled: boolean): Standing {
    const { folder, chances } = this.task;
    const task = findTask(queue, this.token, this.index);
    this.#absences = task === undefined ? this.#absences + 1 : 0;
    const claim = task?.phase === 'queued' ? null : lastClaim(folder);
    const holder = claim === null ? 'gone' : this.#holder.fate(claim);
    const counts = claim === null ? { all: 0, failed: 0 } : countAttempts(folder);
    return standingOf({ task, claim, holder, counts, chances, cancelled });
  }

  /** Of several who see that it is gone, one writes it down. */
  #sayItsEnd({ state, reason, stopped }: Extract<Standing, { kind: 'silent' }>): void {
    const { folder } = this.task;
    const attempt = lastClaim(folder)?.attempt;
    if (attempt === undefined) return;
    if (!endAttempt(folder, attempt, { exitCode: null, signal: null, settled: false, stopped })) return;
    replaceJournal(folder);
    reportEnd(folder, { state, reason: `Slurm: ${reason}` });
  }
}
