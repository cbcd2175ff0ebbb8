import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describeError, EXIT, UserError } from '../core/errors.ts';

const LIMITS = { files: 10_000, depth: 20 };
const CHUNK_BYTES = 1024 * 1024;
const MAX_LINE_BYTES = 4 * 1024 * 1024;

/** The file itself, or the folder's files that `wanted` takes, by name. Links are not followed. Throws one line. */
export function sourceFiles(path: string, wanted: (name: string) => boolean): string[] {
  const stat = reading(path, () => statSync(path));
  if (stat.isFile()) return [path];
  if (!stat.isDirectory()) throw new UserError(`${path}: expected a file or a folder, got a device or the like.`);
  const files = [...filesIn(path, wanted, 0)].sort();
  if (files.length > LIMITS.files) throw new UserError(`${path}: expected at most ${LIMITS.files} files, got more.`);
  return files;
}

/** SHA-256 over names and contents: equal sources are told from different ones. */
export function digestOf(root: string, files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(`${relative(root, file)}\0`);
    for (const chunk of chunksOf(file)) hash.update(chunk);
  }
  return hash.digest('hex');
}

/** Lines without their ends. Throws one line if one is longer than any that a program writes. */
export function* linesOf(path: string): Generator<string> {
  let parts: Buffer[] = [];
  let bytes = 0;
  for (const chunk of chunksOf(path)) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      yield Buffer.concat([...parts, chunk.subarray(start, end)]).toString('utf8');
      parts = [];
      bytes = 0;
      start = end + 1;
    }
    if (start === chunk.length) continue;
    parts.push(Buffer.from(chunk.subarray(start)));
    bytes += chunk.length - start;
    if (bytes > MAX_LINE_BYTES)
      throw new UserError(`${path}: expected lines of at most ${MAX_LINE_BYTES} bytes, got a longer one.`);
  }
  if (bytes > 0) yield Buffer.concat(parts).toString('utf8');
}

function* filesIn(folder: string, wanted: (name: string) => boolean, depth: number): Generator<string> {
  if (depth > LIMITS.depth)
    throw new UserError(`${folder}: expected folders at most ${LIMITS.depth} deep, got deeper ones.`);
  let seen = 0;
  for (const entry of reading(folder, () => readdirSync(folder, { withFileTypes: true }))) {
    if (entry.isDirectory()) yield* filesIn(join(folder, entry.name), wanted, depth + 1);
    else if (entry.isFile() && wanted(entry.name)) {
      yield join(folder, entry.name);
      if (++seen > LIMITS.files) return;
    }
  }
}

/** The buffer is used again for the next piece. */
function* chunksOf(path: string): Generator<Buffer> {
  const file = reading(path, () => openSync(path, 'r'));
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    for (;;) {
      const got = reading(path, () => readSync(file, chunk));
      if (got === 0) return;
      yield chunk.subarray(0, got);
    }
  } finally {
    closeSync(file);
  }
}

function reading<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    throw new UserError(`${path}: could not be read: ${describeError(cause)}.`, { exitCode: EXIT.noData, cause });
  }
}
