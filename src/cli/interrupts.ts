/** Ctrl-C once (or SIGTERM) stops cleanly, a second time at once. */
export class Interrupts {
  readonly #stop = new AbortController();
  readonly #kill = new AbortController();
  readonly #say: (line: string) => void;
  readonly #handler = (): void => this.#interrupt();

  constructor(say: (line: string) => void) {
    this.#say = say;
    process.on('SIGINT', this.#handler);
    process.on('SIGTERM', this.#handler);
  }

  get stop(): AbortSignal {
    return this.#stop.signal;
  }

  get kill(): AbortSignal {
    return this.#kill.signal;
  }

  release(): void {
    process.off('SIGINT', this.#handler);
    process.off('SIGTERM', this.#handler);
  }

  #interrupt(): void {
    if (this.#stop.signal.aborted) {
      this.#kill.abort();
      return;
    }
    this.#say('Stopping the running cells at their next step; Ctrl-C again stops them at once.');
    this.#stop.abort();
  }
}
