import type { JournalWriter } from './journal-writer.ts';

/** A reader on another machine takes a run for unreachable after a few of these without a word. */
const INTERVAL_MS = 15_000;

/** Signs of life in the journal, each quarter of a minute. */
export class Heartbeat {
  readonly #journal: JournalWriter;
  readonly #step: () => number;
  readonly #timer: NodeJS.Timeout;
  #beatAtMs = performance.now();
  #refusal: unknown;

  constructor(journal: JournalWriter, step: () => number) {
    this.#journal = journal;
    this.#step = step;
    this.#timer = setInterval(() => this.#beatAside(), INTERVAL_MS / 3).unref();
  }

  /** For loops, which keep the timer from firing. Throws the journal's refusal, also one that the timer has met. */
  beatIfDue(): void {
    if (this.#refusal !== undefined) throw this.#refusal;
    const nowMs = performance.now();
    if (nowMs - this.#beatAtMs < INTERVAL_MS) return;
    this.#beatAtMs = nowMs;
    this.#journal.append({ type: 'heartbeat', time: Date.now(), step: this.#step() });
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #beatAside(): void {
    try {
      this.beatIfDue();
    } catch (error) {
      this.#refusal = error;
    }
  }
}
