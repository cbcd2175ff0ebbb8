/** tfjs-node's binding, compiled against the provided library: its own prebuilt one is for TensorFlow 2.9. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { describeError, EXIT, UserError } from '../../core/errors.ts';
import { packageRoot } from '../../core/places.ts';
import { putIntoCache, takeFromCache } from './addons.ts';
import { libraryFolder } from './library.ts';
import type { Wheel } from './wheel.ts';

/** The newest N-API that tfjs-node 4.22 knows; its loader looks in the folder of this number. */
const NAPI_VERSION = 8;
const PACKAGE = join(packageRoot, 'node_modules/@tensorflow/tfjs-node');
const SOURCES = join(PACKAGE, 'binding');

export const bindingPath: string = join(PACKAGE, `lib/napi-v${NAPI_VERSION}/tfjs_binding.node`);
const KEY_FILE = `${bindingPath}.key`;

/** Puts the binding into this checkout: from the user's cache, else by compiling (about ten seconds). */
export async function provideBinding(wheel: Wheel, report: (line: string) => void): Promise<void> {
  const key = cacheKey(wheel);
  if (!takeFromCache(key, bindingPath)) {
    report('TensorFlow: compiling its binding');
    await compile(libraryFolder(wheel));
    putIntoCache(key, bindingPath);
  }
  writeFileSync(KEY_FILE, key);
}

/** Whether the binding in this checkout was made for this library at this place. */
export function isBindingOf(wheel: Wheel): boolean {
  return existsSync(bindingPath) && existsSync(KEY_FILE) && readFileSync(KEY_FILE, 'utf8') === cacheKey(wheel);
}

/** By all that goes into it: the sources, the library and where it lies (the binding holds its path). */
function cacheKey(wheel: Wheel): string {
  const hash = createHash('sha256').update(libraryFolder(wheel)).update(wheel.sha256);
  for (const name of readdirSync(SOURCES).sort()) hash.update(readFileSync(join(SOURCES, name)));
  return `tfjs-binding-${process.platform}-${process.arch}-${hash.digest('hex').slice(0, 16)}.node`;
}

async function compile(library: string): Promise<void> {
  mkdirSync(dirname(bindingPath), { recursive: true });
  const compiler = process.env.CXX ?? (process.platform === 'darwin' ? 'clang++' : 'g++');
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map(name => join(SOURCES, name));
  const flags = [
    '-std=c++17',
    '-O2',
    '-fPIC',
    '-shared',
    `-DNAPI_VERSION=${NAPI_VERSION}`,
    '-DNODE_GYP_MODULE_NAME=tfjs_binding',
  ];
  const includes = [`-I${napiHeaders()}`, `-I${join(library, 'include')}`, `-I${SOURCES}`];
  try {
    await execa(compiler, [...flags, ...includes, ...sources, '-o', bindingPath, ...linking(library)]);
  } catch (error) {
    const stderr = String((error as { stderr?: string }).stderr ?? '');
    const reason = stderr.split('\n').find(line => line.includes('error')) ?? describeError(error);
    throw new UserError(
      `TensorFlow: its binding could not be compiled with ${compiler}: ${reason}. A C++17 compiler is needed; CXX names another one.`,
      {
        exitCode: EXIT.noData,
        cause: error,
      },
    );
  }
}

function linking(library: string): string[] {
  const rpath = `-Wl,-rpath,${library}`;
  const files = readdirSync(library)
    .filter(name => name.startsWith('libtensorflow'))
    .map(name => join(library, name));
  return process.platform === 'darwin' ? [...files, rpath, '-undefined', 'dynamic_lookup'] : [...files, rpath];
}

/** N-API is the same for every Node, so its headers come with us and need no Node sources. */
function napiHeaders(): string {
  const { include_dir } = createRequire(import.meta.url)('node-api-headers') as { include_dir: string };
  if (!existsSync(include_dir))
    throw new UserError(`${include_dir}: missing. Run "npm ci".`, { exitCode: EXIT.noData });
  return include_dir;
}
