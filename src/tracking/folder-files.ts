import { type Dirent, readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../core/errors.ts';

/** All files below the folder. Links are not followed: what they lead to is not ours. */
export function filesIn(folder: string): { file: string; stats: Stats }[] {
  return entriesOf(folder).flatMap(entry => {
    const file = join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(file);
    const stats = entry.isFile() ? statOf(file) : undefined;
    return stats === undefined ? [] : [{ file, stats }];
  });
}

/** Undefined if it is not there. */
export const statOf = (path: string): Stats | undefined => statSync(path, { throwIfNoEntry: false });

/** Sorted; none if there is no such folder. */
export const namesIn = (folder: string): string[] =>
  entriesOf(folder)
    .map(entry => entry.name)
    .sort();

/** None if there is no such folder. */
export function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return [];
    throw error;
  }
}

export const isCheckpoint = (name: string): boolean => name.endsWith('.checkpoint');
