import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Variables of a process for which the file whose path ends in `file` cannot grow beyond `bytes`. Needs a C compiler. */
export function smallDisk(file: string, bytes: number, errno?: number): NodeJS.ProcessEnv {
  return {
    LD_PRELOAD: shim(),
    FULL_FILE: file,
    FULL_BYTES: String(bytes),
    ...(errno !== undefined && { FULL_ERRNO: String(errno) }),
  };
}

let built: string | undefined;

function shim(): string {
  if (built !== undefined) return built;
  const library = join(mkdtempSync(join(tmpdir(), 'small-disk-')), 'small-disk.so');
  const source = fileURLToPath(new URL('small-disk.c', import.meta.url));
  const { status, stderr } = spawnSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`cc: ${stderr}`);
  built = library;
  return library;
}
