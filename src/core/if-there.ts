/** Files and folders that may be missing, by whoever does not ask why. */
import { readdirSync, readFileSync } from 'node:fs';
import { errorCode } from './errors.ts';

/** Null if it cannot be read. */
export function textIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Null if it cannot be read, or is not whole. */
export function jsonIfThere<T>(path: string): T | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch {
    return null;
  }
}

/** Names in a folder, none if there is no such folder. Throws if it cannot be looked into. */
export function namesIfThere(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
