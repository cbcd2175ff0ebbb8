/**
 * Files that runs made, kept once by their content: `.bench/artifacts/<sha256>`. A run's folder holds a hard link to it
 * (`artifacts/<name>`), so that it stays complete by itself when it is copied; where links are refused it holds a copy.
 */
import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { writeWhole } from './atomic-file.ts';
import { describeError, errorCode, refusal, UserError } from './errors.ts';
import { sha256 } from './ids.ts';
import { artifactsDir } from './places.ts';
import { insideFolder } from './safe-path.ts';

const CHUNK_BYTES = 1024 * 1024;
/** The part of a run's folder that holds its artifacts. */
const FOLDER = 'artifacts';

/** What the journal's event says of it. */
export interface KeptArtifact {
  name: string;
  /** Relative to the run's folder, with slashes. */
  path: string;
  sha256: string;
  bytes: number;
}

/**
 * Keeps `source` (the path of a file, or bytes) as an artifact of the run in `runFolder`. Equal content is stored once.
 * Journal what it returns: only then does anything refer to the file. Throws one `UserError`.
 */
export function keepArtifact(
  runFolder: string,
  name: string,
  source: string | Uint8Array,
  store = artifactsDir(),
): KeptArtifact {
  const path = `${FOLDER}/${name}`;
  const target = insideFolder(runFolder, path, 'artifact');
  try {
    const { sha256, bytes } = keepContent(store, source);
    place(join(store, sha256), target);
    return { name, path, sha256, bytes };
  } catch (error) {
    throw cannotKeep(name, error);
  }
}

/** SHA-256 and length of a file, read in pieces. */
export function hashFile(path: string): { sha256: string; bytes: number } {
  return readThrough(path, () => {});
}

/** The file appears under its checksum whole or not at all. */
function keepContent(store: string, source: string | Uint8Array): { sha256: string; bytes: number } {
  mkdirSync(store, { recursive: true, mode: 0o700 });
  const temporary = join(store, `${process.pid}-${randomBytes(6).toString('hex')}.new`);
  try {
    const content = writeThrough(source, temporary);
    const kept = join(store, content.sha256);
    // A file of that name but another length was damaged: it is replaced.
    if (statSync(kept, { throwIfNoEntry: false })?.size !== content.bytes) renameSync(temporary, kept);
    return content;
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Copied and hashed in one pass: a source that changes meanwhile cannot come under a checksum that is not its own. */
function writeThrough(source: string | Uint8Array, path: string): { sha256: string; bytes: number } {
  // Nobody may write to it later: its content is shared.
  const file = openSync(path, 'wx', 0o400);
  try {
    const write = (part: Uint8Array): void => writeWhole(file, part);
    const content = typeof source === 'string' ? readThrough(source, write) : hashBytes(source, write);
    fsyncSync(file);
    return content;
  } finally {
    closeSync(file);
  }
}

function hashBytes(bytes: Uint8Array, onPart: (part: Uint8Array) => void): { sha256: string; bytes: number } {
  onPart(bytes);
  return { sha256: sha256(bytes), bytes: bytes.length };
}

function readThrough(path: string, onPart: (part: Uint8Array) => void): { sha256: string; bytes: number } {
  const file = openSync(path, 'r');
  try {
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    for (let bytes = 0; ; ) {
      const got = readSync(file, buffer, 0, buffer.length, null);
      if (got === 0) return { sha256: hash.digest('hex'), bytes };
      hash.update(buffer.subarray(0, got));
      onPart(buffer.subarray(0, got));
      bytes += got;
    }
  } finally {
    closeSync(file);
  }
}

/** Replaces an artifact of that name. */
function place(kept: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  rmSync(path, { force: true });
  try {
    linkSync(kept, path);
  } catch (error) {
    if (!['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP', 'EACCES'].includes(errorCode(error) ?? '')) throw error;
    copyFileSync(kept, path);
  }
}

function cannotKeep(name: string, error: unknown): unknown {
  if (error instanceof UserError || errorCode(error) === undefined) return error;
  return refusal(`artifact "${name}" cannot be kept: ${describeError(error)}.`, error);
}
