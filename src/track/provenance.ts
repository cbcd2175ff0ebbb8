import { execFileSync } from 'node:child_process';
import { basename } from 'node:path';
import type { Json } from '../core/ids.ts';
import { thisMachine } from '../core/machine.ts';

/**
 * Of the program that trains, in the groups that planned runs have too. Neither its environment nor its arguments are
 * kept: nobody has looked at them for secrets.
 */
export function trackedProvenance(): Json {
  return {
    code: { commit: git('rev-parse', 'HEAD'), dirty: Boolean(git('status', '--porcelain', '--untracked-files=no')) },
    machine: thisMachine(),
    execution: { node: process.version, program: basename(process.argv[1] ?? '') },
  };
}

/** Of the current folder; null outside a checkout. */
function git(...args: string[]): string | null {
  try {
    return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 5000 }).trim();
  } catch {
    return null;
  }
}
