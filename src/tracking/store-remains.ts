import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { errorCode } from '../core/errors.ts';

/**
 * Removes what stands beside a store's file that was deleted. Processes that had it open still write there, and a new
 * file would be mixed up with it (sqlite.org/howtocorrupt.html, 1.7). Changes nothing while the file is there.
 */
export function dropRemains(path: string): void {
  // In this order: companions that were there before the file was missing are not those of one that is just being made.
  const companions = ['-wal', '-shm'].map(end => ({ companion: `${path}${end}`, inode: inodeOf(`${path}${end}`) }));
  if (existsSync(path)) return;
  for (const { companion, inode } of companions) if (inode !== null) removeIf(companion, inode);
}

/** Another process may have made a new one meanwhile: that one is put back. */
function removeIf(path: string, inode: number): void {
  const grave = `${path}.${process.pid}.old`;
  try {
    renameSync(path, grave);
    if (inodeOf(grave) === inode) rmSync(grave);
    else renameSync(grave, path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}

const inodeOf = (path: string): number | null => statSync(path, { throwIfNoEntry: false })?.ino ?? null;
