/** TensorFlow and SQLite for this checkout. Everything here may be repeated, interrupted, and run twice at once. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describeError, refusal } from '../../core/errors.ts';
import type { Device } from '../../core/experiment.ts';
import { describeDriver, isTooOld, type NvidiaDriver, nvidiaDriver, OLDEST_DRIVER } from '../nvidia-driver.ts';
import { isBindingOf, provideBinding } from './binding.ts';
import { bindingPath, TFJS_NODE } from './binding-path.ts';
import { lastError } from './last-error.ts';
import { hasLibrary, provideLibrary } from './library.ts';
import { type Build, buildOfThisMachine, Unavailable } from './wheel.ts';

export { provideSqlite } from './sqlite.ts';

/** Whose node_modules it is: npm rebuilds there. */
const PROJECT = join(TFJS_NODE, '../../..');

/**
 * First choice: the pinned wheel, whose TensorFlow is newer and faster. Else what tfjs-node downloads by itself.
 * `anew`: although all files are there, since TensorFlow does not load.
 */
export async function provideTensorFlow(report: (line: string) => void, { anew = false } = {}): Promise<void> {
  if (hasPrebuilt() && !anew) return;
  try {
    await provideBuild(buildOfThisMachine('cpu'), report, anew);
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    report(describeError(error));
    report('TensorFlow: trying the prebuilt download of tfjs-node instead');
    await installPrebuilt(error);
  }
}

/** The GPU's build, beside the CPU's. Nothing else would serve, so nothing else is tried. Without a driver nothing is fetched. */
export async function provideGpuTensorFlow(
  report: (line: string) => void,
  findDriver: () => NvidiaDriver | undefined = nvidiaDriver,
): Promise<void> {
  requireDriver(findDriver());
  await provideBuild(buildOfThisMachine('gpu'), report);
}

/** Whether runs find one, without loading it. */
export function hasTensorFlow(): boolean {
  return hasPrebuilt() || hasBuild('cpu');
}

/** Throws one line where a worker would find nothing to load; what is there may still not work. */
export function requireTensorFlow(): void {
  if (hasTensorFlow() || existsSync(bindingPath('cpu'))) return;
  throw refusal(
    'TensorFlow is not set up here. Run "npx bench doctor --fix": it provides it, once for all projects (about 300 MB).',
  );
}

/** Whether runs can ask for the GPU without a download. */
export const hasGpuTensorFlow = (): boolean => hasBuild('gpu');

function hasBuild(device: Device): boolean {
  try {
    return isProvided(buildOfThisMachine(device));
  } catch {
    return false;
  }
}

async function provideBuild(build: Build, report: (line: string) => void, anew = false): Promise<void> {
  if (isProvided(build) && !anew) return;
  await provideLibrary(build, report, { anew });
  await provideBinding(build, report, { anew });
}

const isProvided = (build: Build): boolean => hasLibrary(build) && isBindingOf(build);

function requireDriver(driver: NvidiaDriver | undefined): void {
  if (driver && !isTooOld(driver)) return;
  const found = driver ? describeDriver(driver) : 'none';
  throw refusal(
    `--device gpu: expected an NVIDIA driver of at least ${OLDEST_DRIVER} on this machine, found ${found}. Install one, or use --device cpu.`,
  );
}

/** The library that tfjs-node's own install script unpacks beside its sources. */
function hasPrebuilt(): boolean {
  const library = process.platform === 'darwin' ? 'libtensorflow.2.dylib' : 'libtensorflow.so.2';
  return existsSync(bindingPath('cpu')) && existsSync(join(TFJS_NODE, 'deps/lib', library));
}

async function installPrebuilt(first: Unavailable): Promise<void> {
  try {
    await execa('npm', ['rebuild', '@tensorflow/tfjs-node', '--ignore-scripts=false'], { cwd: PROJECT });
  } catch (second) {
    const reason = lastError(second, /\berror: /i);
    throw refusal(
      `TensorFlow: neither way worked. ${describeError(first)} And tfjs-node's own download failed: ${reason}. Mend one of them, then run "npx bench doctor --fix".`,
      first,
    );
  }
}
