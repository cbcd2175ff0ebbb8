/** The checkpoints of a run's folder: the last one and the one before it, so that a damaged file costs seconds only. */
import { copyFileSync, existsSync, linkSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describeError } from '../core/errors.ts';
import { runFiles } from '../core/places.ts';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from '../engine/checkpoint.ts';

/** Whenever it is killed, at least one whole checkpoint is there if there was one before. */
export function saveCheckpoint(folder: string, checkpoint: Checkpoint): void {
  const { last, previous } = pathsIn(folder);
  if (existsSync(last)) {
    rmSync(previous, { force: true });
    copyCheaply(last, previous);
  }
  writeCheckpoint(last, checkpoint);
}

/** For a run that goes on: as `newestCheckpoint`, and a last one that cannot be read makes way for the one before it. */
export function lastGoodCheckpoint(
  folder: string,
  identity: string,
  say: (line: string) => void,
): Checkpoint | undefined {
  const { last, previous } = pathsIn(folder);
  removeUnfinished(folder);
  const newest = newestCheckpoint(folder, identity, say);
  if (newest?.path === previous) renameSync(previous, last);
  return newest?.checkpoint;
}

/**
 * The newest checkpoint that is whole, or undefined if there is none; nothing is changed. If it is not the last one, `say`
 * gets a line. Throws the last one's `UserError` if none can be read.
 */
export function newestCheckpoint(
  folder: string,
  identity: string,
  say: (line: string) => void,
): { path: string; checkpoint: Checkpoint } | undefined {
  const { last, previous } = pathsIn(folder);
  try {
    if (existsSync(last)) return { path: last, checkpoint: readCheckpoint(last, identity) };
    if (!existsSync(previous)) return undefined;
  } catch (error) {
    if (!isWhole(previous, identity)) throw error;
    say(`${describeError(error)} The checkpoint before it is used instead.`);
  }
  return { path: previous, checkpoint: readCheckpoint(previous, identity) };
}

/** A run that has ended needs one. */
export function dropPreviousCheckpoint(folder: string): void {
  rmSync(pathsIn(folder).previous, { force: true });
}

const pathsIn = (folder: string): { last: string; previous: string } => ({
  last: join(folder, runFiles.checkpoint),
  previous: join(folder, runFiles.previousCheckpoint),
});

/** Another name of the same file costs nothing, and the next checkpoint is another file. */
function copyCheaply(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

function isWhole(path: string, identity: string): boolean {
  try {
    return readCheckpoint(path, identity) !== undefined;
  } catch {
    return false;
  }
}

/** A process that is killed while it writes leaves a part of a checkpoint under a name of its own. */
function removeUnfinished(folder: string): void {
  const unfinished = /\.checkpoint\.\d+\.new$/;
  for (const name of readdirSync(folder)) if (unfinished.test(name)) rmSync(join(folder, name), { force: true });
}
