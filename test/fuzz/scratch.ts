import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'bench-fuzz-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** A file of these bytes, until the next one of the same name. */
export function fileOf(name: string, bytes: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** What `action` makes of an empty folder, which then is no more. */
export async function inFolder<T>(action: (path: string) => T | Promise<T>): Promise<T> {
  const path = mkdtempSync(join(folder, 'a-'));
  try {
    return await action(path);
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}
