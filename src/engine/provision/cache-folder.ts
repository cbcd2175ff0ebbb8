/** The folders of the per-user cache that set-up fills: one process at a time, and one clear line if it cannot. */
import { mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { describeError, errorCode, refusal, UserError } from '../../core/errors.ts';
import { withFolderLock } from '../../core/folder-lock.ts';
import { cacheDir } from '../../core/places.ts';

const REMEDY = 'or choose another folder with BENCH_CACHE_DIR.';

/** Does `action` while no other process works in this folder of the cache. `what` names the thing for a person. */
export async function inCacheFolder(
  name: string,
  what: string,
  report: (line: string) => void,
  action: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = join(cacheDir(), name);
  try {
    await withFolderLock(
      folder,
      () => report(`${what}: another set-up works on it, waiting`),
      () => action(folder),
    );
  } catch (error) {
    throw error instanceof UserError ? error : unwritable(folder, what, error);
  }
}

const WORKSHOP = 'new-';

/**
 * Does `action` in a new folder below `folder`, where nobody else works meanwhile, and removes it. What killed set-ups left
 * goes first; without room for `bytes` nothing is begun.
 */
export async function inWorkshop(
  folder: string,
  what: string,
  bytes: number,
  action: (workshop: string) => Promise<void>,
): Promise<void> {
  for (const name of readdirSync(folder))
    if (name.startsWith(WORKSHOP)) rmSync(join(folder, name), { recursive: true, force: true });
  requireSpace(folder, what, bytes);
  const workshop = mkdtempSync(join(folder, WORKSHOP));
  try {
    await action(workshop);
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

export function requireSpace(folder: string, what: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= bytes) return;
  const [needed, free] = [bytes, bavail * bsize].map(value => (value / 1e9).toFixed(1));
  throw refusal(`${folder}: expected ${needed} GB of free disk for ${what}, got ${free} GB. Make room, ${REMEDY}`);
}

function unwritable(folder: string, what: string, error: unknown): UserError {
  const why = errorCode(error) === 'ENOSPC' ? 'the disk is full' : describeError(error);
  return refusal(`${folder}: ${what} cannot be put there (${why}). Make it writable, make room, ${REMEDY}`, error);
}
