import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { readBytes } from '../../core/journal-reader.ts';

const TAIL_BYTES = 16 * 1024;

/**
 * The end of the first of these files that can be read, from the beginning of a line; null if there is none. A link is
 * not followed: a folder that somebody sent may hold one to anywhere.
 */
export function logTail(paths: readonly string[]): string | null {
  for (const path of paths) {
    const text = tailOf(path);
    if (text !== null) return text;
  }
  return null;
}

function tailOf(path: string): string | null {
  try {
    const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const { size } = fstatSync(file);
      const from = Math.max(0, size - TAIL_BYTES);
      const text = readBytes(file, from, TAIL_BYTES).toString('utf8');
      return from === 0 ? text : text.slice(text.indexOf('\n') + 1);
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}
