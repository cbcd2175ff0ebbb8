/** Where pages, tables and figures are written. */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { writeFileAtomically } from '../core/atomic-file.ts';
import { describeError, EXIT, errorCode, UserError } from '../core/errors.ts';

/** Where `bench run` puts an experiment's report. */
export const reportPath = (name: string, ending = 'html'): string => resolve('reports', `${name}.${ending}`);

/** Makes the folders on the way, and replaces the file: a reader sees the old one or the new one. */
export function writeOutput(content: string | Uint8Array, path: string): void {
  try {
    makeFolder(dirname(path));
    writeFileAtomically(path, [Buffer.from(content)]);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/** Node's own recursive mkdir calls a read-only disk a missing folder, and never ends below /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}

function cannotWrite(path: string, error: unknown): UserError {
  const why = errorCode(error) === 'ENOSPC' ? 'the disk is full' : describeError(error);
  return new UserError(
    `${path}: cannot be written (${why}). The results are kept: "npx bench report" writes it again.`,
    { exitCode: EXIT.noData, cause: error },
  );
}
