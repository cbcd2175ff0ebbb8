/** Thrown to leave work that has nothing to save. */
export class Stopped extends Error {}

const STARTER_GONE = 'the end of the process that started it';

/** Remembers that somebody asked this process to stop: by a signal, or by being gone. */
export class StopRequest {
  #reason: string | undefined;

  constructor() {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => this.#ask(signal));
    // Only a worker that was started with a channel gets this: its starter died, and nobody would stop it later.
    process.on('disconnect', () => this.#ask(STARTER_GONE));
    // It may have died while we were still loading: then the event has passed.
    if (process.send !== undefined && !process.connected) this.#ask(STARTER_GONE);
  }

  /** What asked, or undefined. */
  get reason(): string | undefined {
    return this.#reason;
  }

  throwIfAsked(): void {
    if (this.#reason !== undefined) throw new Stopped(this.#reason);
  }

  #ask(reason: string): void {
    this.#reason ??= reason;
  }
}
