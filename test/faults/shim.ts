import { writeFileSync } from 'node:fs';
import { preloaded } from '../preloaded.ts';

const SHIM = new URL('processes/shim.c', import.meta.url);
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
    LD_PRELOAD: preloaded(SHIM),
    FAULT_UNDER: under,
    FAULT_AFTER: String(after),
    FAULT_ERRNO: String(ERRNO[errno]),
    ...(calls && { FAULT_CALLS: calls }),
  };
}

/** Variables of a process whose wall clock is wrong by what `setClock` writes to the file. */
export const clockFault = (file: string): NodeJS.ProcessEnv => ({ LD_PRELOAD: preloaded(SHIM), CLOCK_FILE: file });

export function setClock(file: string, wrongBySeconds: number): void {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(wrongBySeconds));
  writeFileSync(file, bytes, { flag: 'r+' });
}
