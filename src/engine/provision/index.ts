/** TensorFlow and SQLite for this checkout. Everything here may be repeated, interrupted, and run twice at once. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describeError, EXIT, UserError } from '../../core/errors.ts';
import { packageRoot } from '../../core/places.ts';
import { bindingPath, isBindingOf, provideBinding } from './binding.ts';
import { lastError } from './last-error.ts';
import { hasLibrary, provideLibrary } from './library.ts';
import { Unavailable, wheelOfThisMachine } from './wheel.ts';

export { provideSqlite } from './sqlite.ts';

/**
 * First choice: the pinned wheel, whose TensorFlow is newer and faster. Else what tfjs-node downloads by itself.
 * `anew`: although all files are there, since TensorFlow does not load.
 */
export async function provideTensorFlow(report: (line: string) => void, { anew = false } = {}): Promise<void> {
  if (hasPrebuilt() && !anew) return;
  try {
    const wheel = wheelOfThisMachine();
    if (hasLibrary(wheel) && isBindingOf(wheel) && !anew) return;
    await provideLibrary(wheel, report, { anew });
    await provideBinding(wheel, report, { anew });
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    report(describeError(error));
    report('TensorFlow: trying the prebuilt download of tfjs-node instead');
    await installPrebuilt(error);
  }
}

/** The library that tfjs-node's own install script unpacks beside its sources. */
function hasPrebuilt(): boolean {
  const library = process.platform === 'darwin' ? 'libtensorflow.2.dylib' : 'libtensorflow.so.2';
  const path = join(packageRoot, 'node_modules/@tensorflow/tfjs-node/deps/lib', library);
  return existsSync(bindingPath) && existsSync(path);
}

async function installPrebuilt(first: Unavailable): Promise<void> {
  try {
    await execa('npm', ['rebuild', '@tensorflow/tfjs-node', '--ignore-scripts=false'], { cwd: packageRoot });
  } catch (second) {
    const reason = lastError(second, /\berror: /i);
    throw new UserError(
      `TensorFlow: neither way worked. ${describeError(first)} And tfjs-node's own download failed: ${reason}. Mend one of them, then run "npx bench doctor --fix".`,
      { exitCode: EXIT.noData, cause: first },
    );
  }
}
