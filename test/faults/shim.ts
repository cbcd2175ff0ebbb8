import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ERRNO = { EIO: 5, ENOSPC: 28 } as const;

export interface DiskFault {
  /** Prefix of the paths that it is about. */
  under: string;
  /** So many calls go well. */
  after: number;
  errno: keyof typeof ERRNO;
  calls?: 'write' | 'sync';
}

/** Variables of a process whose disk refuses (see processes/shim.c). */
export function diskFault({ under, after, errno, calls }: DiskFault): NodeJS.ProcessEnv {
  return {
    LD_PRELOAD: library(),
    FAULT_UNDER: under,
    FAULT_AFTER: String(after),
    FAULT_ERRNO: String(ERRNO[errno]),
    ...(calls && { FAULT_CALLS: calls }),
  };
}

/** Variables of a process whose wall clock is wrong by what `setClock` writes to the file. */
export const clockFault = (file: string): NodeJS.ProcessEnv => ({ LD_PRELOAD: library(), CLOCK_FILE: file });

export function setClock(file: string, wrongBySeconds: number): void {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(wrongBySeconds));
  writeFileSync(file, bytes, { flag: 'r+' });
}

let built: string | undefined;

function library(): string {
  if (built !== undefined) return built;
  const path = join(mkdtempSync(join(tmpdir(), 'shim-')), 'shim.so');
  const source = fileURLToPath(new URL('processes/shim.c', import.meta.url));
  const { status, stderr } = spawnSync('cc', ['-shared', '-fPIC', '-O1', '-o', path, source, '-ldl'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`cc: ${stderr}`);
  built = path;
  return path;
}
