/** TensorFlow's C library and headers in the per-user cache: downloaded once, verified, shared between checkouts. */
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
} from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describeError, EXIT, errorCode, UserError } from '../../core/errors.ts';
import { withFolderLock } from '../../core/folder-lock.ts';
import { cacheDir } from '../../core/places.ts';
import { unpackWheel } from './unpack.ts';
import type { Wheel } from './wheel.ts';

/** The wheel, what is unpacked of it, and some room. */
const NEEDED_BYTES = 1.3e9;

export const libraryFolder = (wheel: Wheel): string =>
  join(cacheDir(), 'tensorflow', `${wheel.package}-${wheel.version}-${wheel.sha256.slice(0, 8)}`);

/** The folder appears by a rename once it is whole, so its presence is enough. */
export const hasLibrary = (wheel: Wheel): boolean =>
  wheel.libraries.every(name => existsSync(join(libraryFolder(wheel), name)));

/** Makes the library present. Two processes at once: one works, the other waits. A killed one leaves nothing in the way. */
export async function provideLibrary(wheel: Wheel, report: (line: string) => void): Promise<void> {
  if (hasLibrary(wheel)) return;
  const parent = join(cacheDir(), 'tensorflow');
  try {
    await withFolderLock(
      parent,
      () => report('TensorFlow: another set-up is fetching it, waiting'),
      async () => {
        if (hasLibrary(wheel)) return;
        removeLeftovers(parent);
        requireSpace(parent);
        await fetchAndUnpack(wheel, parent, report);
      },
    );
  } catch (error) {
    throw error instanceof UserError ? error : cannotProvide(parent, error);
  }
}

async function fetchAndUnpack(wheel: Wheel, parent: string, report: (line: string) => void): Promise<void> {
  const workshop = mkdtempSync(join(parent, 'new-'));
  try {
    report(`TensorFlow ${wheel.version}: downloading ${wheel.package} (about 270 MB)`);
    const file = await download(wheel, workshop);
    await verify(wheel, file);
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

/** pip knows the user's mirror, proxy and certificates; its progress bar goes to our terminal. */
async function download(wheel: Wheel, folder: string): Promise<string> {
  const bar = process.stderr.isTTY ? 'on' : 'off';
  const selection = [
    '--no-deps',
    '--only-binary',
    ':all:',
    '--platform',
    wheel.platform,
    '--python-version',
    wheel.python,
    '--implementation',
    'cp',
    '--abi',
    wheel.abi,
  ];
  const args = [
    '-m',
    'pip',
    'download',
    '--disable-pip-version-check',
    '--no-cache-dir',
    '--progress-bar',
    bar,
    ...selection,
    '--dest',
    folder,
    `${wheel.package}==${wheel.version}`,
  ];
  try {
    await execa('python3', args, { stdout: process.stderr.isTTY ? process.stderr : 'ignore', stderr: 'pipe' });
  } catch (error) {
    const lines = String((error as { stderr?: string }).stderr ?? '')
      .trim()
      .split('\n');
    const reason = lines.findLast(line => line.startsWith('ERROR')) ?? lines.at(-1) ?? describeError(error);
    throw new UserError(
      `TensorFlow: pip could not download ${wheel.package}==${wheel.version}: ${reason || describeError(error)}`,
      { exitCode: EXIT.noData, cause: error },
    );
  }
  const [name] = readdirSync(folder).filter(entry => entry.endsWith('.whl'));
  return join(folder, name ?? 'missing.whl');
}

/** Throws one line; the caller removes the file. */
async function verify(wheel: Wheel, file: string): Promise<void> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  const sha256 = hash.digest('hex');
  if (sha256 === wheel.sha256) return;
  throw new UserError(
    `TensorFlow: expected a wheel with SHA-256 ${wheel.sha256.slice(0, 12)}…, got ${bytes} bytes with ${sha256.slice(0, 12)}…: truncated or altered. It was deleted; run "npx bench doctor --fix" again.`,
    {
      exitCode: EXIT.noData,
    },
  );
}

/** Of set-ups that were killed: we hold the lock, so nobody works there. */
function removeLeftovers(parent: string): void {
  for (const name of readdirSync(parent))
    if (name.startsWith('new-')) rmSync(join(parent, name), { recursive: true, force: true });
}

function requireSpace(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= NEEDED_BYTES) return;
  throw new UserError(
    `${folder}: expected ${NEEDED_BYTES / 1e9} GB of free disk for TensorFlow, got ${((bavail * bsize) / 1e9).toFixed(1)}. Make room, or choose another folder with BENCH_CACHE_DIR.`,
    {
      exitCode: EXIT.noData,
    },
  );
}

function cannotProvide(folder: string, error: unknown): UserError {
  const why = errorCode(error) === 'ENOSPC' ? 'the disk is full' : describeError(error);
  return new UserError(
    `${folder}: TensorFlow cannot be put there (${why}). Make room, or choose another folder with BENCH_CACHE_DIR.`,
    { exitCode: EXIT.noData, cause: error },
  );
}
