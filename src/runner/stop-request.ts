/** Remembers that somebody asked this process to stop: by a signal, or by being gone. */
export class StopRequest {
  #reason: string | undefined;

  constructor() {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => this.#ask(signal));
    // Only a worker that was started with a channel gets this: its starter died, and nobody would stop it later.
    process.on('disconnect', () => this.#ask('the end of the process that started it'));
  }

  /** What asked, or undefined. */
  get reason(): string | undefined {
    return this.#reason;
  }

  #ask(reason: string): void {
    this.#reason ??= reason;
  }
}
