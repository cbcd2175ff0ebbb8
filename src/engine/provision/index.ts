/** TensorFlow and SQLite for this checkout. Everything here may be repeated, interrupted, and run twice at once. */
import { existsSync } from 'node:fs';
import { execa } from 'execa';
import { describeError, EXIT, UserError } from '../../core/errors.ts';
import { packageRoot } from '../../core/places.ts';
import { bindingPath, isBindingOf, provideBinding } from './binding.ts';
import { hasLibrary, provideLibrary } from './library.ts';
import { wheelOfThisMachine } from './wheel.ts';

export { provideSqlite } from './sqlite.ts';

/** First choice: the pinned wheel, whose TensorFlow is newer and faster. Else what tfjs-node downloads by itself. */
export async function provideTensorFlow(report: (line: string) => void): Promise<void> {
  if (hasPrebuilt()) return;
  try {
    const wheel = wheelOfThisMachine();
    if (hasLibrary(wheel) && isBindingOf(wheel)) return;
    await provideLibrary(wheel, report);
    await provideBinding(wheel, report);
  } catch (error) {
    report(describeError(error));
    report('TensorFlow: trying the prebuilt download of tfjs-node instead');
    await installPrebuilt(error);
  }
}

/** The library that tfjs-node's own install script unpacks beside its sources. */
function hasPrebuilt(): boolean {
  const library = process.platform === 'darwin' ? 'libtensorflow.2.dylib' : 'libtensorflow.so.2';
  return existsSync(bindingPath) && existsSync(`${packageRoot}/node_modules/@tensorflow/tfjs-node/deps/lib/${library}`);
}

async function installPrebuilt(first: unknown): Promise<void> {
  try {
    await execa('npm', ['rebuild', '@tensorflow/tfjs-node', '--ignore-scripts=false'], { cwd: packageRoot });
  } catch (second) {
    const stderr = (second as { stderr?: string }).stderr ?? describeError(second);
    const reason = stderr.split('\n').findLast(line => /error/i.test(line)) ?? 'it gave no reason';
    throw new UserError(
      `TensorFlow: neither way worked. ${describeError(first)} And tfjs-node's own download failed: ${reason.trim()}`,
      { exitCode: EXIT.noData, cause: first },
    );
  }
}
