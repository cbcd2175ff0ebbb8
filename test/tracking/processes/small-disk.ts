import { preloaded } from '../../preloaded.ts';

/** Variables of a process for which the file whose path ends in `file` cannot grow beyond `bytes`. */
export function smallDisk(file: string, bytes: number, errno?: number): NodeJS.ProcessEnv {
  return {
    LD_PRELOAD: preloaded(new URL('small-disk.c', import.meta.url)),
    FULL_FILE: file,
    FULL_BYTES: String(bytes),
    ...(errno !== undefined && { FULL_ERRNO: String(errno) }),
  };
}
