import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { writeFileAtomically } from '../core/atomic-file.ts';
import { describeError, EXIT, errorCode, UserError } from '../core/errors.ts';
import type { ReportResults } from './costs.ts';
import { renderReport } from './page.ts';

export { renderReport } from './page.ts';

/** Where `bench run` puts an experiment's report. */
export const reportPath = (experiment: string): string => resolve('reports', `${experiment}.html`);

/** Replaces the file at `path`; a reader sees the old report or the new one. */
export async function writeReport(results: ReportResults, path: string): Promise<void> {
  writePage(await renderReport(results), path);
}

export function writePage(page: string, path: string): void {
  try {
    makeFolder(dirname(path));
    writeFileAtomically(path, [Buffer.from(page)]);
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
    `${path}: the report cannot be written (${why}). The results are kept: "npx bench report" writes it again.`,
    { exitCode: EXIT.noData, cause: error },
  );
}
