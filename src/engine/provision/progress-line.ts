/** One line of a terminal that is written over and over; nothing at all elsewhere. */
export class ProgressLine {
  readonly #label: string;
  readonly #visible = process.stderr.isTTY && !process.env.NO_COLOR;
  #shown = '';

  constructor(label: string) {
    this.#label = label;
  }

  show(done: number, total: number): void {
    const text = `${this.#label} ${Math.floor((100 * done) / total)} %`;
    if (!this.#visible || text === this.#shown || total < 1e6) return;
    this.#shown = text;
    process.stderr.write(`\r${text}`);
  }

  end(): void {
    if (this.#shown) process.stderr.write(`\r${' '.repeat(this.#shown.length)}\r`);
  }
}
