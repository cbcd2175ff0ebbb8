/** Pythons with the packages that a check needs, made once a user and kept in the cache. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheDir } from '../src/core/places.ts';

const execute = promisify(execFile);

/** The interpreter's path. A download the first time; a look at a file later. */
export async function pythonWith(name: string, packages: readonly string[]): Promise<string> {
  const folder = join(cacheDir(), `${name}-venv`);
  const stamp = join(folder, 'stamp');
  const wanted = createHash('sha256').update(packages.join()).digest('hex');
  const python = join(folder, 'bin/python');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python;
  process.stderr.write(`installing ${packages.join(', ')} in ${folder}\n`);
  rmSync(stamp, { force: true });
  mkdirSync(cacheDir(), { recursive: true });
  await execute('python3', ['-m', 'venv', folder]);
  await execute(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages]);
  writeFileSync(stamp, wanted);
  return python;
}
