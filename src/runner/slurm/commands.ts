/** Slurm's command-line tools: all of Slurm that we use. */
import { execFile } from 'node:child_process';
import { EXIT, errorCode, UserError } from '../../core/errors.ts';

/** Only sacct may be missing. */
export type Program = 'sbatch' | 'squeue' | 'scontrol' | 'scancel' | 'sacct';

/** `refused`: Slurm does not want that. `away`: nobody answered, and nothing is known. */
export type Answer = { kind: 'said'; text: string } | { kind: 'refused' | 'away'; why: string };

/** A controller that is away makes the tools wait for about ten seconds before they give up. */
const TIMEOUT_MS = 60_000;
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;
const NO_ANSWER = /unable to contact|connection|timed out|communication|zero bytes|unexpected message/i;

export function askSlurm(program: Program, args: readonly string[]): Promise<Answer> {
  const options = { timeout: TIMEOUT_MS, maxBuffer: MAX_OUTPUT_BYTES, encoding: 'utf8' } as const;
  return new Promise((resolve, reject) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      if (error === null) resolve({ kind: 'said', text: stdout });
      else if (errorCode(error) === 'ENOENT') reject(new NoSlurm(program));
      else {
        const kind = error.killed || NO_ANSWER.test(stderr) ? 'away' : 'refused';
        resolve({ kind, why: lastLine(stderr) || error.message });
      }
    });
  });
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

/** Where there is none, much is well all the same. */
export class NoSlurm extends UserError {
  constructor(program: Program) {
    const problem = `expected Slurm's commands (sbatch, squeue, scontrol, scancel) on the PATH, got no ${program}.`;
    super(`${problem} Start bench on a login node of the cluster, or without --on slurm.`, { exitCode: EXIT.noData });
  }
}
