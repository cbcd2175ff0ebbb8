/** Commands one after the other, as a person types them, each timed. */
import { execa } from 'execa';

const MS = 1000;

export class Walk {
  folder: string;
  readonly #steps: Record<string, number> = {};

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Gives what was printed on stdout; throws with its last words if it fails. */
  async step(name: string, program: string, ...args: string[]): Promise<string> {
    process.stderr.write(`$ ${program} ${args.join(' ')}\n`);
    const begunAtMs = performance.now();
    const env = { BENCH_DIR: undefined, NO_COLOR: '1', CI: undefined };
    const { stdout } = await execa(program, args, { cwd: this.folder, env, stdin: 'ignore' });
    const seconds = (performance.now() - begunAtMs) / MS;
    this.#steps[name] = (this.#steps[name] ?? 0) + seconds;
    process.stderr.write(`  ${seconds.toFixed(1)} s\n`);
    return stdout;
  }

  get figures(): { seconds: number; steps: Record<string, number> } {
    const steps = Object.fromEntries(Object.entries(this.#steps).map(([name, seconds]) => [name, rounded(seconds)]));
    return { seconds: rounded(Object.values(this.#steps).reduce((sum, one) => sum + one, 0)), steps };
  }
}

const rounded = (seconds: number): number => Math.round(10 * seconds) / 10;
