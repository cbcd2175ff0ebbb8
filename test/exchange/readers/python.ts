/** A Python with the programs whose formats we write, made once a user and kept in the cache. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cacheDir } from '../../../src/core/places.ts';

const PACKAGES = ['tensorboard==2.21.0', 'mlflow==3.17.2', 'pandas==3.1.1', 'pyarrow==25.0.1'];
const CHECK = fileURLToPath(new URL('check.py', import.meta.url));
const execute = promisify(execFile);

/** The interpreter's path. About a gigabyte and some minutes the first time; a look at a file later. */
export async function readersPython(): Promise<string> {
  const folder = join(cacheDir(), 'exchange-venv');
  const stamp = join(folder, 'stamp');
  const wanted = createHash('sha256').update(PACKAGES.join()).digest('hex');
  const python = join(folder, 'bin/python');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python;
  process.stderr.write(`installing ${PACKAGES.join(', ')} in ${folder}\n`);
  rmSync(stamp, { force: true });
  mkdirSync(cacheDir(), { recursive: true });
  await execute('python3', ['-m', 'venv', folder]);
  await execute(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PACKAGES]);
  writeFileSync(stamp, wanted);
  return python;
}

export async function askPython<T>(python: string, way: 'read' | 'write', format: string, path: string): Promise<T> {
  const env = { ...process.env, MLFLOW_DISABLE_TELEMETRY: 'true', DO_NOT_TRACK: 'true', PYTHONDONTWRITEBYTECODE: '1' };
  const options = { env, maxBuffer: 1 << 28 };
  const { stdout } = await execute(python, [CHECK, way, format, path], options);
  return JSON.parse(stdout.trim().split('\n').at(-1) as string) as T;
}
