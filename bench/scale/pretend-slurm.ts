/**
 * A Slurm that only pretends: commands named as its four, which are a few lines of shell and cost next to nothing, and a
 * process that plays the controller and all tasks (`player.ts`). What runs against it cannot tell.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PLAYER = fileURLToPath(new URL('./player.js', import.meta.url));

export interface PlayedTasks {
  /** Tasks that run at once. */
  atOnce: number;
  /** Of a cell. */
  steps: number;
  /** One in so many cells has a first attempt that ends in the middle, without a word. */
  lostOnceIn: number;
}

export class PretendSlurm {
  readonly #dir: string;
  #player: ChildProcess | undefined;

  constructor(dir: string) {
    this.#dir = dir;
    mkdirSync(join(dir, 'bin'), { recursive: true });
    mkdirSync(join(dir, 'submitted'));
    writeFileSync(join(dir, 'queue'), '');
    writeFileSync(join(dir, 'asked'), '');
    for (const [name, script] of Object.entries(scripts(dir))) {
      writeFileSync(join(dir, 'bin', name), `#!/bin/sh\n${script}\n`);
      chmodSync(join(dir, 'bin', name), 0o755);
    }
    process.env.PATH = `${join(dir, 'bin')}:${process.env.PATH}`;
  }

  play({ atOnce, steps, lostOnceIn }: PlayedTasks): void {
    const numbers = [atOnce, steps, lostOnceIn].map(String);
    this.#player = spawn(process.execPath, [PLAYER, this.#dir, ...numbers], { stdio: 'inherit' });
  }

  /** How often squeue was called. */
  get questions(): number {
    return statSync(join(this.#dir, 'asked')).size;
  }

  async stop(): Promise<void> {
    if (this.#player === undefined || this.#player.exitCode !== null) return;
    const ended = once(this.#player, 'exit');
    this.#player.kill();
    await ended;
  }
}

/** A process's number is no other's for long enough to be a job's. */
const scripts = (dir: string): Record<string, string> => ({
  sbatch: `echo "$2" > '${dir}/submitted/new.'$$ && mv '${dir}/submitted/new.'$$ '${dir}/submitted/'$$ && echo $$`,
  squeue: `printf . >> '${dir}/asked'; cat '${dir}/queue'`,
  scontrol: "echo 'MaxArraySize = 1001'",
  scancel: 'exit 0',
});
