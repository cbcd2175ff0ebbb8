const STOPPING = 'Stopping the running cells at their next step; Ctrl-C again stops them at once.';

/** Ctrl-C once (or SIGTERM) stops cleanly, a second time at once. */
export class Interrupts {
  readonly #stop = new AbortController();
  readonly #kill = new AbortController();
  readonly #say: (line: string) => void;
  readonly #heading: string;
  readonly #handler = (): void => this.#interrupt();

  /** `heading`: what the first one is answered with. */
  constructor(say: (line: string) => void, heading = STOPPING) {
    this.#say = say;
    this.#heading = heading;
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
    this.#say(this.#heading);
    this.#stop.abort();
  }
}
