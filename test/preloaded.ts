import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const built = new Map<string, string>();

/** The path of a library for LD_PRELOAD, built once a process from the C `source`. Needs a C compiler. */
export function preloaded(source: URL): string {
  const known = built.get(source.href);
  if (known !== undefined) return known;
  const path = join(mkdtempSync(join(tmpdir(), 'preloaded-')), 'library.so');
  const cc = ['-shared', '-fPIC', '-O1', '-o', path, fileURLToPath(source), '-ldl'];
  const { status, stderr } = spawnSync('cc', cc, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`cc: ${stderr}`);
  built.set(source.href, path);
  return path;
}
