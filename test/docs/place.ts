/** A project with runs, in which commands of pages can be executed. */
import { runShell } from './guide.ts';

/** Enough for whatever a page names. */
const PREPARATION = [
  'git init -q . && git -c user.name=a -c user.email=a@b.c commit -q --allow-empty -m first',
  'npx bench init',
  'npx bench run kernel',
  'npx bench run degradation-34 --tier smoke',
  'npx bench baseline save main --experiment kernel --tier quick',
  'npx bench gate kernel --baseline main --metric train.loss=0.1',
  'npx bench export --experiment kernel --to jsonl --out exported',
];

interface Ended {
  exitCode: number;
  stdout: string;
  stderr: string;
}

export class Place {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Gives what stands for capital words and made-up ids. */
  async prepare(): Promise<Record<string, string>> {
    for (const command of PREPARATION) {
      const { exitCode, stderr } = await this.shell(command);
      if (![0, 1, 3].includes(exitCode)) throw new Error(`${command} ended with ${exitCode}: ${stderr}`);
    }
    const { stdout } = await this.shell('npx bench list kernel --json');
    const runs = (JSON.parse(stdout) as { id: string; arm: string }[]).filter(({ arm }) => arm === 'three');
    const [a, b, c] = runs.map(({ id }) => id);
    return { A: `${a}`, B: `${b}`, C: `${c}`, RUN: `${a}`, RUN2: `${b}`, a1b2c3: `${a}`, d4e5f6: `${b}` };
  }

  async shell(command: string): Promise<Ended> {
    const options = { reject: false, stdin: 'ignore' } as const;
    const { exitCode = 128, stdout, stderr } = await runShell(command, this.#folder, options);
    return { exitCode, stdout, stderr };
  }
}
