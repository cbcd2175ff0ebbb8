/** Native addons that are compiled once a user and copied into each checkout. */
import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheDir } from '../../core/places.ts';

/** Takes the addon from the cache if it is there; true if so. */
export function takeFromCache(key: string, target: string): boolean {
  const cached = join(cacheDir(), 'addons', key);
  if (!existsSync(cached)) return false;
  copyAtomically(cached, target);
  return true;
}

export function putIntoCache(key: string, file: string): void {
  copyAtomically(file, join(cacheDir(), 'addons', key));
}

function copyAtomically(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  const temporary = `${to}.${process.pid}.new`;
  copyFileSync(from, temporary);
  renameSync(temporary, to);
}
