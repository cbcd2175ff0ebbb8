import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describeError, EXIT, UserError } from '../core/errors.ts';

const FOLDER = 'artifacts';
const CHUNK_BYTES = 1024 * 1024;
/** What every file system takes: parts of letters, digits, dots, dashes and underscores, none of them dots only. */
const NAME = /^(?!\.+(\/|$))[\w.-]+(\/(?!\.+(\/|$))[\w.-]+)*$/;
const MAX_NAME_LENGTH = 200;

export interface KeptArtifact {
  /** Relative to the run's folder. */
  path: string;
  sha256: string;
  bytes: number;
}

/** Copies the file or the bytes into the run's folder, whole or not at all, and tells what they are. */
export function keepArtifact(runFolder: string, name: string, content: string | Uint8Array): KeptArtifact {
  if (!NAME.test(name) || name.length > MAX_NAME_LENGTH) throw badName(name);
  const path = `${FOLDER}/${name}`;
  const target = join(runFolder, path);
  const temporary = `${target}.${process.pid}.new`;
  try {
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    const facts = copy(content, temporary);
    renameSync(temporary, target);
    return { path, ...facts };
  } catch (cause) {
    rmSync(temporary, { force: true });
    const what = typeof content === 'string' ? content : `${content.length} bytes`;
    throw new UserError(`artifact ${name}: could not keep ${what} in ${runFolder}: ${describeError(cause)}.`, {
      exitCode: EXIT.noData,
      cause,
    });
  }
}

function copy(content: string | Uint8Array, target: string): Omit<KeptArtifact, 'path'> {
  const hash = createHash('sha256');
  const file = openSync(target, 'w', 0o600);
  let bytes = 0;
  try {
    for (const part of typeof content === 'string' ? chunksOf(content) : [content]) {
      hash.update(part);
      for (let done = 0; done < part.length; ) done += writeSync(file, part, done);
      bytes += part.length;
    }
  } finally {
    closeSync(file);
  }
  return { sha256: hash.digest('hex'), bytes };
}

function* chunksOf(path: string): Generator<Uint8Array> {
  const file = openSync(path, 'r');
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    for (let got = readSync(file, chunk); got > 0; got = readSync(file, chunk)) yield chunk.subarray(0, got);
  } finally {
    closeSync(file);
  }
}

const badName = (name: string): UserError =>
  new UserError(
    `artifact: expected a name such as "model/weights.bin" (letters, digits, dots, dashes), got ${JSON.stringify(name).slice(0, 80)}.`,
  );
