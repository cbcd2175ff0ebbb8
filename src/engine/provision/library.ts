/** TensorFlow's C library and headers in the per-user cache: downloaded once, verified, shared between checkouts. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir } from '../../core/places.ts';
import { inCacheFolder, requireSpace } from './cache-folder.ts';
import { downloadWheel } from './download.ts';
import { unpackWheel } from './unpack.ts';
import type { Wheel } from './wheel.ts';

/** The wheel, what is unpacked of it, and some room. */
const NEEDED_BYTES = 1.3e9;
const WORKSHOP = 'new-';

export const libraryFolder = (wheel: Wheel): string =>
  join(cacheDir(), 'tensorflow', `${wheel.package}-${wheel.version}-${wheel.sha256.slice(0, 8)}`);

/** The folder appears by a rename once it is whole, so its presence is enough. */
export const hasLibrary = (wheel: Wheel): boolean =>
  wheel.libraries.every(name => existsSync(join(libraryFolder(wheel), name)));

/**
 * Makes the library present. Two processes at once: one works, the other waits. A killed one leaves nothing in the way.
 * `anew`: although it is there.
 */
export async function provideLibrary(
  wheel: Wheel,
  report: (line: string) => void,
  { anew = false } = {},
): Promise<void> {
  if (hasLibrary(wheel) && !anew) return;
  await inCacheFolder('tensorflow', 'TensorFlow', report, async folder => {
    if (hasLibrary(wheel) && !anew) return;
    removeLeftovers(folder);
    requireSpace(folder, 'TensorFlow', NEEDED_BYTES);
    await fetchAndUnpack(wheel, folder, report);
  });
}

async function fetchAndUnpack(wheel: Wheel, parent: string, report: (line: string) => void): Promise<void> {
  const workshop = mkdtempSync(join(parent, WORKSHOP));
  try {
    const tried = wheel.tried ? '' : ', which we never tried on a machine like this';
    report(`TensorFlow ${wheel.version}: downloading ${wheel.package} (${Math.round(wheel.bytes / 1e6)} MB)${tried}`);
    const file = await downloadWheel(wheel, workshop);
    report(`TensorFlow ${wheel.version}: unpacking`);
    const unpacked = join(workshop, 'unpacked');
    mkdirSync(unpacked);
    await unpackWheel(file, unpacked, wheel.libraries);
    rmSync(libraryFolder(wheel), { recursive: true, force: true });
    renameSync(unpacked, libraryFolder(wheel));
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

/** Of set-ups that were killed: we hold the lock, so nobody works there. */
function removeLeftovers(parent: string): void {
  for (const name of readdirSync(parent))
    if (name.startsWith(WORKSHOP)) rmSync(join(parent, name), { recursive: true, force: true });
}
