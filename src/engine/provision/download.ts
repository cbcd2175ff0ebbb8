/** Wheels by pip, which knows the user's mirror, proxy and certificates; checked by us, whatever pip says. */
import { createHash } from 'node:crypto';
import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describeError, refusal } from '../../core/errors.ts';
import { lastError } from './last-error.ts';
import { Unavailable, type Wheel } from './wheel.ts';

const PYTHON = 'python3';
const QUIET = ['--disable-pip-version-check', '--no-cache-dir', '--no-deps', '--only-binary', ':all:'];

/** The path of the verified wheel in `folder`. A wheel that is not the pinned one throws; the caller removes `folder`. */
export async function downloadWheel(wheel: Wheel, folder: string): Promise<string> {
  await runPip(wheel, folder);
  const name = readdirSync(folder).find(entry => entry.endsWith('.whl'));
  if (!name) throw new Unavailable(`TensorFlow: pip downloaded no wheel of ${wheel.package}==${wheel.version}.`);
  await verifyWheel(wheel, join(folder, name));
  return join(folder, name);
}

/** pip's bar goes to our terminal, if we have one. Its temporary files go where there is room, and are removed with ours. */
async function runPip(wheel: Wheel, folder: string): Promise<void> {
  const bar = process.stderr.isTTY && !process.env.NO_COLOR;
  const which = ['--platform', wheel.platform, '--python-version', wheel.python, '--implementation', 'cp'];
  const args = [...QUIET, '--progress-bar', bar ? 'on' : 'off', ...which, '--abi', wheel.abi, '--dest', folder];
  try {
    await execa(PYTHON, ['-m', 'pip', 'download', ...args, `${wheel.package}==${wheel.version}`], {
      stdout: bar ? process.stderr : 'ignore',
      env: { TMPDIR: folder },
    });
  } catch (error) {
    const reason = lastError(error, /^ERROR/);
    throw new Unavailable(`TensorFlow: pip could not download ${wheel.package}==${wheel.version}: ${reason}.`, error);
  }
}

async function verifyWheel(wheel: Wheel, file: string): Promise<void> {
  const { sha256, bytes } = await hashFile(file);
  if (sha256 === wheel.sha256) return;
  throw refusal(
    `TensorFlow: the downloaded wheel is truncated or altered: expected ${wheel.package} of ${megabytes(wheel.bytes)} with SHA-256 ${wheel.sha256.slice(0, 12)}…, got ${megabytes(bytes)} with ${sha256.slice(0, 12)}…. It was deleted. Do the same again; if that repeats, look at the mirror that pip uses.`,
  );
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

async function hashFile(file: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  } catch (error) {
    throw refusal(`${file}: cannot be read (${describeError(error)}).`, error);
  }
  return { sha256: hash.digest('hex'), bytes };
}
