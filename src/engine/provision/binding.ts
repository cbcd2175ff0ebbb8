/** tfjs-node's binding, compiled against the provided library: its own prebuilt one is for TensorFlow 2.9. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { execa } from 'execa';
import { forgetAddon, provideAddon } from './addons.ts';
import { bindingPath, NAPI_VERSION, TFJS_NODE } from './binding-path.ts';
import { lastError } from './last-error.ts';
import { libraryFolder } from './library.ts';
import { type Build, Unavailable } from './wheel.ts';

const SOURCES = join(TFJS_NODE, 'binding');
const FLAGS = ['-std=c++17', '-O2', '-fPIC', '-shared', `-DNAPI_VERSION=${NAPI_VERSION}`];

/** Puts the binding into this checkout: from the user's cache, else by compiling. `anew`: although it is there. */
export async function provideBinding(
  build: Build,
  report: (line: string) => void,
  { anew = false } = {},
): Promise<void> {
  const key = cacheKey(build);
  const target = bindingPath(build.device);
  if (anew) forgetAddon(key);
  rmSync(keyFile(build), { force: true });
  const make = (workshop: string): Promise<string> => {
    report('TensorFlow: compiling its binding (about ten seconds)');
    return compile(libraryFolder(build), join(workshop, 'tfjs_binding.node'));
  };
  await provideAddon({ what: 'TensorFlow', key, target, make, works: () => true }, report);
  writeFileSync(keyFile(build), key);
}

/** Whether the binding in this checkout was made for this library at this place. */
export function isBindingOf(build: Build): boolean {
  const [binding, key] = [bindingPath(build.device), keyFile(build)];
  return existsSync(binding) && existsSync(key) && readFileSync(key, 'utf8') === cacheKey(build);
}

const keyFile = ({ device }: Build): string => `${bindingPath(device)}.key`;

/** By all that goes into it: the sources, the library and where it lies (the binding holds its path). */
function cacheKey(build: Build): string {
  const hash = createHash('sha256').update(libraryFolder(build)).update(build.wheel.sha256);
  for (const name of readdirSync(SOURCES).sort()) hash.update(readFileSync(join(SOURCES, name)));
  return `tfjs-binding-${process.platform}-${process.arch}-${hash.digest('hex').slice(0, 16)}.node`;
}

async function compile(library: string, output: string): Promise<string> {
  const compiler = process.env.CXX ?? (process.platform === 'darwin' ? 'clang++' : 'g++');
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map(name => join(SOURCES, name));
  const includes = [napiHeaders(), join(library, 'include'), SOURCES].map(folder => `-I${folder}`);
  const flags = [...FLAGS, '-DNODE_GYP_MODULE_NAME=tfjs_binding', ...includes];
  try {
    await execa(compiler, [...flags, ...sources, '-o', output, ...linking(library)]);
    return output;
  } catch (error) {
    const reason = lastError(error, /\berror\b/);
    throw new Unavailable(
      `TensorFlow: its binding could not be compiled with ${compiler}: ${reason}. A C++17 compiler is needed; CXX names another one.`,
      error,
    );
  }
}

function linking(library: string): string[] {
  const files = readdirSync(library).filter(name => name.startsWith('libtensorflow'));
  const args = [...files.map(name => join(library, name)), '-Xlinker', '-rpath', '-Xlinker', library];
  return process.platform === 'darwin' ? [...args, '-undefined', 'dynamic_lookup'] : args;
}

/** N-API is the same for every Node, so its headers come with us and need no Node sources. */
function napiHeaders(): string {
  return (createRequire(import.meta.url)('node-api-headers') as { include_dir: string }).include_dir;
}
