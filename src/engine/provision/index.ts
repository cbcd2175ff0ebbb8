/** TensorFlow and SQLite for this checkout. Everything here may be repeated, interrupted, and run twice at once. */
import { execa } from 'execa';
import { describeError, EXIT, UserError } from '../../core/errors.ts';
import { packageRoot } from '../../core/places.ts';
import { bindingPath, provideBinding } from './binding.ts';
import { provideLibrary } from './library.ts';
import { provideSqlite, sqlitePath } from './sqlite.ts';
import { wheelOfThisMachine } from './wheel.ts';

export { TENSORFLOW_VERSION } from './wheel.ts';
export { bindingPath, provideSqlite, sqlitePath };

/** First choice: the pinned wheel, whose TensorFlow is newer and faster. Else what tfjs-node downloads by itself. */
export async function provideTensorFlow(report: (line: string) => void): Promise<void> {
  try {
    const wheel = wheelOfThisMachine();
    await provideLibrary(wheel, report);
    await provideBinding(wheel, report);
  } catch (error) {
    report(describeError(error));
    report('TensorFlow: trying the prebuilt download of tfjs-node instead');
    await installPrebuilt(error);
  }
}

async function installPrebuilt(first: unknown): Promise<void> {
  try {
    await execa('npm', ['rebuild', '@tensorflow/tfjs-node', '--ignore-scripts=false'], { cwd: packageRoot });
  } catch (second) {
    const reason = String((second as { stderr?: string }).stderr ?? describeError(second))
      .trim()
      .split('\n')
      .at(-1);
    throw new UserError(
      `TensorFlow: neither way worked. ${describeError(first)} And tfjs-node's own download failed: ${reason}`,
      { exitCode: EXIT.noData, cause: first },
    );
  }
}
