/** Where the bytes of recorded artifacts are, and copies of them that were checked. */
import { constants, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hashFile } from '../core/artifact-store.ts';
import { describeError, EXIT, errorCode, UserError } from '../core/errors.ts';
import { artifactsDir } from '../core/places.ts';
import { insideFolder } from '../core/safe-path.ts';
import { runFolders, runKey } from './run-rows.ts';
import type { Store } from './store.ts';

export interface Artifact {
  name: string;
  /** Relative to the run's folder, as the journal says. */
  path: string;
  sha256: string;
  bytes: number;
}

export interface FoundArtifact extends Artifact {
  /** Where its bytes are; null if neither the artifacts nor a folder of the run has them. */
  file: string | null;
}

export const SHA256 = /^[0-9a-f]{64}$/;

/** Of the run with this whole id, by name. */
export function artifactsOf(store: Store, run: string): FoundArtifact[] {
  return store.read(() => {
    const key = runKey(store, run);
    if (key === undefined) return [];
    const folders = runFolders(store, key);
    const kept = artifactsDir(dirname(store.path));
    return recordedArtifacts(store, key).map(artifact => ({ ...artifact, file: fileOf(artifact, kept, folders) }));
  });
}

/** As the run's journal tells of them, by name. */
export function recordedArtifacts(store: Store, run: number): Artifact[] {
  const sql = 'SELECT name, path, sha256, bytes FROM artifacts WHERE run = ? ORDER BY name';
  return store.prepare<Artifact>(sql).all(run);
}

/**
 * Copies the artifacts into `folder`, under their names, each checked against its checksum. Nothing is overwritten and
 * nothing is written outside of `folder`. Returns the paths. Throws one line at the first that cannot be had.
 */
export function extractArtifacts(artifacts: readonly FoundArtifact[], folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  return artifacts.map(artifact => extractOne(artifact, insideFolder(folder, artifact.name, 'artifact')));
}

/** Journals come from anywhere: a checksum that is none and a path that leads out of the folder name no file. */
function fileOf({ path, sha256 }: Artifact, kept: string, folders: readonly string[]): string | null {
  const content = SHA256.test(sha256) ? join(kept, sha256) : null;
  if (content !== null && existsSync(content)) return content;
  return folders.map(folder => inFolder(folder, path)).find(file => file !== null && existsSync(file)) ?? null;
}

function inFolder(folder: string, path: string): string | null {
  try {
    return insideFolder(folder, path, 'artifact');
  } catch {
    return null;
  }
}

function extractOne({ name, file, sha256 }: FoundArtifact, target: string): string {
  if (file === null) throw refused(name, 'its file is gone');
  if (existsSync(target)) throw refused(name, `${target} is there already, choose another folder`);
  mkdirSync(dirname(target), { recursive: true });
  const unfinished = `${target}.${process.pid}.new`;
  try {
    copyFileSync(file, unfinished, constants.COPYFILE_EXCL);
    if (hashFile(unfinished).sha256 !== sha256)
      throw refused(name, `${file} does not have the checksum that was recorded`);
    renameSync(unfinished, target);
    return target;
  } catch (error) {
    throw error instanceof UserError || errorCode(error) === undefined ? error : refused(name, describeError(error));
  } finally {
    rmSync(unfinished, { force: true });
  }
}

const refused = (name: string, why: string): UserError =>
  new UserError(`artifact "${name}" cannot be extracted: ${why}.`, { exitCode: EXIT.noData });
