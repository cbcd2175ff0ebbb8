/** Native addons: made once a user, kept in the cache, copied into each checkout. */
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheDir } from '../../core/places.ts';
import { inCacheFolder, inWorkshop } from './cache-folder.ts';

export interface Addon {
  /** As a person would call it. */
  what: string;
  /** Its file name in the cache: names all that it was made from and for. */
  key: string;
  /** Where this checkout wants it. */
  target: string;
  /** Makes it in an empty folder, and gives its path. */
  make(workshop: string): Promise<string>;
  /** Whether what lies at `target` can be used. */
  works(): boolean;
}

const FOLDER = 'addons';
const NEEDED_BYTES = 2e8;

/** From the cache, else made, by one process at a time. A cached one that does not work is made again. */
export async function provideAddon(addon: Addon, report: (line: string) => void): Promise<void> {
  if (takeFromCache(addon)) return;
  await inCacheFolder(FOLDER, addon.what, report, async folder => {
    if (takeFromCache(addon)) return; // another process was faster
    await inWorkshop(folder, addon.what, NEEDED_BYTES, async workshop =>
      renameSync(await addon.make(workshop), join(folder, addon.key)),
    );
    copyAtomically(join(folder, addon.key), addon.target);
  });
}

export const forgetAddon = (key: string): void => rmSync(join(cacheDir(), FOLDER, key), { force: true });

function takeFromCache({ key, target, works }: Addon): boolean {
  const cached = join(cacheDir(), FOLDER, key);
  if (!existsSync(cached)) return false;
  copyAtomically(cached, target);
  return works();
}

function copyAtomically(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  const temporary = `${to}.${process.pid}.new`;
  try {
    copyFileSync(from, temporary);
    renameSync(temporary, to);
  } finally {
    rmSync(temporary, { force: true });
  }
}
