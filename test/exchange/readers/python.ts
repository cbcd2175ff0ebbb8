/** A Python with the programs whose formats we write. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { pythonWith } from '../../venv.ts';

const PACKAGES = ['tensorboard==2.21.0', 'mlflow==3.17.2', 'pandas==3.1.1', 'pyarrow==25.0.1'];
const CHECK = fileURLToPath(new URL('check.py', import.meta.url));
const execute = promisify(execFile);

/** The interpreter's path. About a gigabyte and some minutes the first time. */
export const readersPython = (): Promise<string> => pythonWith('exchange', PACKAGES);

export async function askPython<T>(python: string, way: 'read' | 'write', format: string, path: string): Promise<T> {
  const env = { ...process.env, MLFLOW_DISABLE_TELEMETRY: 'true', DO_NOT_TRACK: 'true', PYTHONDONTWRITEBYTECODE: '1' };
  const options = { env, maxBuffer: 1 << 28 };
  const { stdout } = await execute(python, [CHECK, way, format, path], options);
  return JSON.parse(stdout.trim().split('\n').at(-1) as string) as T;
}
