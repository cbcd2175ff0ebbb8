import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * When the process began, in words of the system: two processes that share a pid, one after the other, differ in it.
 * Null if there is none, if it is dead and only waits to be reaped, or if this system does not tell.
 */
export function processStart(pid: number): string | null {
  if (!Number.isSafeInteger(pid) || pid <= 0) return null;
  return process.platform === 'linux' ? linuxStart(pid) : psStart(pid);
}

/** Boot id and clock ticks since that boot. */
function linuxStart(pid: number): string | null {
  const stat = readText(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // The second field is the program's name in brackets and may hold spaces and brackets itself.
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = rest[18];
  if (state === 'Z' || state === 'X' || ticks === undefined) return null;
  return `${readText('/proc/sys/kernel/random/boot_id')?.trim() ?? 'unknown boot'} ${ticks}`;
}

function psStart(pid: number): string | null {
  const env = { ...process.env, LC_ALL: 'C' };
  const { stdout } = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8', env });
  const [, state, start] = /^(\S+)\s+(.*\S)/.exec(stdout?.trim() ?? '') ?? [];
  return state === undefined || start === undefined || state.startsWith('Z') ? null : start;
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
