import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, onTestFinished } from 'vitest';

/** An empty folder, which is removed when the test ends, or when `atEnd` calls. */
export function newFolder(atEnd: (remove: () => void) => void = onTestFinished): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bench-test-')));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Each test is in a new folder. */
export function useNewFolder(): void {
  beforeEach(() => {
    const before = process.cwd();
    process.chdir(newFolder());
    return () => process.chdir(before);
  });
}
