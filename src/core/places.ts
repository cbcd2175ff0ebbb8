import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { safeName } from './safe-path.ts';

/** The folder that holds this package's package.json, from source or from dist/. */
export const packageRoot: string = findPackageRoot(dirname(fileURLToPath(import.meta.url)));

/** The folder of a package that we use. Where we are ourselves a dependency, npm puts it beside us. */
export function packageFolder(name: string, from: string = packageRoot): string {
  const folder = join(from, 'node_modules', name);
  if (existsSync(folder) || dirname(from) === from) return folder;
  return packageFolder(name, dirname(from));
}

/** Where the results of the project in the current folder live: `.bench`, or `BENCH_DIR`. */
export function benchDir(): string {
  return resolve(process.env.BENCH_DIR || '.bench');
}

/** What all checkouts of one user share (TensorFlow, datasets): `BENCH_CACHE_DIR`, else the XDG cache folder. */
export function cacheDir(): string {
  if (process.env.BENCH_CACHE_DIR) return resolve(process.env.BENCH_CACHE_DIR);
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'convbench');
}

export const storePath = (dir = benchDir()): string => join(dir, 'store.sqlite');
export const runsDir = (dir = benchDir()): string => join(dir, 'runs');
/** Files that runs made, each once, named by their SHA-256. */
export const artifactsDir = (dir = benchDir()): string => join(dir, 'artifacts');
/** Ids come from journals and command lines too: one that is no name of a folder is refused. */
export const runDir = (run: string, dir = benchDir()): string => join(runsDir(dir), safeName('run', run));

/** The files of a run's folder. The folder is complete by itself: it can be copied and recorded elsewhere. */
export const runFiles = {
  spec: 'run.json',
  journal: 'journal',
  log: 'log.txt',
  checkpoint: 'last.checkpoint',
  previousCheckpoint: 'previous.checkpoint',
} as const;

function findPackageRoot(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('package.json of convbench not found above its own modules');
  return findPackageRoot(parent);
}
