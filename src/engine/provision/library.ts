/** TensorFlow's C library and headers in the per-user cache: downloaded once, verified, shared between checkouts. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Device } from '../../core/experiment.ts';
import { sha256 } from '../../core/ids.ts';
import { cacheDir } from '../../core/places.ts';
import { inCacheFolder, inWorkshop } from './cache-folder.ts';
import { downloadWheel } from './download.ts';
import { unpackWheel } from './unpack.ts';
import { type Build, type Wheel, wheelsOf } from './wheel.ts';

/** A wheel, what is unpacked of all, and some room. */
const NEEDED_BYTES: Record<Device, number> = { cpu: 1.3e9, gpu: 9e9 };

/**
 * Alone, the library lies in the build's folder. With companions each wheel keeps its top folder, as after an
 * installation by pip: the library looks for them in ../nvidia, and they for each other.
 */
export const libraryFolder = (build: Build): string => join(buildFolder(build), placeOf(build, build.wheel));

/** The folder appears by a rename once it is whole, so its presence is enough. */
export const hasLibrary = (build: Build): boolean =>
  build.wheel.libraries.every(name => existsSync(join(libraryFolder(build), name)));

/**
 * Makes the library present. Two processes at once: one works, the other waits. A killed one leaves nothing in the way.
 * `anew`: although it is there.
 */
export async function provideLibrary(
  build: Build,
  report: (line: string) => void,
  { anew = false } = {},
): Promise<void> {
  if (hasLibrary(build) && !anew) return;
  await inCacheFolder('tensorflow', 'TensorFlow', report, async folder => {
    if (hasLibrary(build) && !anew) return;
    await inWorkshop(folder, 'TensorFlow', NEEDED_BYTES[build.device], workshop => assemble(build, workshop, report));
  });
}

const placeOf = ({ companions }: Build, { root }: Wheel): string => (companions.length === 0 ? '' : root);

function buildFolder(build: Build): string {
  const { wheel, companions } = build;
  const sums = wheelsOf(build).map(one => one.sha256);
  const key = companions.length === 0 ? wheel.sha256 : sha256(sums.join());
  return join(cacheDir(), 'tensorflow', `${wheel.package}-${wheel.version}-${key.slice(0, 8)}`);
}

async function assemble(build: Build, workshop: string, report: (line: string) => void): Promise<void> {
  const unpacked = join(workshop, 'unpacked');
  if (!build.tried)
    report(`TensorFlow ${build.wheel.version}: its authors never tried this build on a machine like this`);
  for (const wheel of wheelsOf(build))
    await fetchAndUnpack(wheel, workshop, join(unpacked, placeOf(build, wheel)), report);
  rmSync(buildFolder(build), { recursive: true, force: true });
  renameSync(unpacked, buildFolder(build));
}

/** The wheel is removed before the next one comes: together they would need twice the room. */
async function fetchAndUnpack(
  wheel: Wheel,
  workshop: string,
  target: string,
  report: (line: string) => void,
): Promise<void> {
  const what = wheel.root === 'tensorflow' ? 'TensorFlow' : 'CUDA';
  const download = join(workshop, 'download');
  mkdirSync(download);
  report(`${what} ${wheel.version}: downloading ${wheel.package} (${Math.round(wheel.bytes / 1e6)} MB)`);
  const file = await downloadWheel(wheel, download);
  report(`${what} ${wheel.version}: unpacking`);
  mkdirSync(target, { recursive: true });
  await unpackWheel(file, target, wheel);
  rmSync(download, { recursive: true });
}
