/** The peers' Python: a venv in the user's cache, made once for each content of requirements.txt. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describeError, EXIT, UserError } from '../../src/core/errors.ts';
import { sha256 } from '../../src/core/ids.ts';
import { packageRoot } from '../../src/core/places.ts';
import { inCacheFolder, requireSpace } from '../../src/engine/provision/cache-folder.ts';

const SIZE_BYTES = 5e9;
export const SCRIPTS: string = join(packageRoot, 'bench', 'peers');

/** Path of the interpreter. `BENCH_PEERS_VENV` names a venv to be taken as it is. */
export async function providePython(report: (line: string) => void): Promise<string> {
  const given = process.env.BENCH_PEERS_VENV;
  if (given) return pythonIn(given);
  let python = '';
  await inCacheFolder('peers', "the peers' Python packages", report, async folder => {
    const venv = join(folder, 'venv');
    python = pythonIn(venv);
    const stamp = join(venv, 'requirements.sha256');
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted()) return;
    rmSync(venv, { recursive: true, force: true });
    requireSpace(folder, "the peers' Python packages", SIZE_BYTES);
    report(`${venv}: installing PyTorch, TensorFlow and Keras (about 3 GB, some minutes)`);
    await install(venv);
    writeFileSync(stamp, wanted());
  });
  return python;
}

async function install(venv: string): Promise<void> {
  const python = pythonIn(venv);
  try {
    await execa('python3', ['-m', 'venv', venv]);
    await execa(python, ['-m', 'pip', 'install', '--quiet', '--no-deps', '-r', join(SCRIPTS, 'requirements.txt')]);
    const { stdout } = await execa(python, ['-c', 'import sysconfig; print(sysconfig.get_path("purelib"))']);
    if (process.platform === 'linux') await execa(python, [join(SCRIPTS, 'torch_without_cuda.py'), stdout.trim()]);
  } catch (error) {
    throw new UserError(
      `${venv}: expected a Python 3.11 or later with venv, pip and a C compiler, but ${describeError(error)}. Mend that, or name a venv that has the packages of bench/peers/requirements.txt with BENCH_PEERS_VENV.`,
      { exitCode: EXIT.noData, cause: error },
    );
  }
}

/** The scripts that shape the venv count too. */
function wanted(): string {
  return sha256(
    ['requirements.txt', 'torch_without_cuda.py'].map(name => readFileSync(join(SCRIPTS, name), 'utf8')).join('\n'),
  );
}

const pythonIn = (venv: string): string => join(venv, 'bin', 'python');
