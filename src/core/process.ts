import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** What a journal says about the process that writes it. */
export interface ProcessName {
  pid: number;
  /** As `processStart` gives it; a writer in another language may leave out its last word. */
  processStart: string;
  host: string;
}

export const thisProcess = (): ProcessName => ({
  pid: process.pid,
  processStart: processStart(process.pid) ?? '',
  host: hostname(),
});

/**
 * alive: exactly that process · gone: it has ended, its number may be another's by now · restarted: its machine, if it
 * was this one, was restarted since · elsewhere: on another machine or in another container, where we cannot look.
 */
export type ProcessFate = 'alive' | 'gone' | 'restarted' | 'elsewhere';

/** Time does not enter: a process that slept with its laptop is alive. */
export function processFate(named: ProcessName): ProcessFate {
  const there = parseStart(named.processStart);
  const here = parseStart(processStart(process.pid) ?? '');
  const sameHost = named.host === hostname();
  if (there === null || here === null) return sameHost ? fateByText(named) : 'elsewhere';
  if (there.boot !== here.boot) return sameHost ? 'restarted' : 'elsewhere';
  const sameSpace = there.space === null || here.space === null ? null : there.space === here.space;
  if (sameSpace === false) return 'elsewhere';
  if (parseStart(processStart(named.pid) ?? '')?.ticks === there.ticks) return 'alive';
  return sameSpace || sameHost ? 'gone' : 'elsewhere';
}

/**
 * When the process began, in words of the system: two processes that share a pid, one after the other, differ in it.
 * Null if there is none, if it is dead and only waits to be reaped, or if this system does not tell.
 */
export function processStart(pid: number): string | null {
  if (!Number.isSafeInteger(pid) || pid <= 0) return null;
  return process.platform === 'linux' ? linuxStart(pid) : psStart(pid);
}

/** Boot id, clock ticks since that boot, and the space in which the pid is counted: a container has its own. */
function linuxStart(pid: number): string | null {
  const stat = read(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (stat === null) return null;
  // The second field is the program's name in brackets and may hold spaces and brackets itself.
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = rest[18];
  if (state === 'Z' || state === 'X' || ticks === undefined) return null;
  const boot = read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  // All that we can see is counted in our space, also a process of another user, whose link we may not read.
  const space = read(() => readlinkSync('/proc/self/ns/pid'));
  return [boot ?? 'unknown boot', ticks, ...(space === null ? [] : [space])].join(' ');
}

/** Names the start of the machine, and so the machine; null where the system does not tell. */
export const bootOf = (start: string): string | null => parseStart(start)?.boot ?? null;

function parseStart(start: string): { boot: string; ticks: string; space: string | null } | null {
  const [, boot, ticks, space] = /^([0-9a-f-]{36}) (\d+)(?: (pid:\[\d+\]))?$/.exec(start) ?? [];
  return boot === undefined || ticks === undefined ? null : { boot, ticks, space: space ?? null };
}

const fateByText = ({ pid, processStart: start }: ProcessName): ProcessFate =>
  start !== '' && processStart(pid) === start ? 'alive' : 'gone';

function psStart(pid: number): string | null {
  const env = { ...process.env, LC_ALL: 'C' };
  const { stdout } = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8', env });
  const [, state, start] = /^(\S+)\s+(.*\S)/.exec(stdout?.trim() ?? '') ?? [];
  return state === undefined || start === undefined || state.startsWith('Z') ? null : start;
}

function read(action: () => string): string | null {
  try {
    return action();
  } catch {
    return null;
  }
}
