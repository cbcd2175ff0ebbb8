import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeError, errorCode, refusal, type UserError } from '../core/errors.ts';
import type { Cell } from '../core/experiment.ts';
import { newRunId } from '../core/ids.ts';
import { isObject } from '../core/is-object.ts';
import { runFiles, runsDir } from '../core/places.ts';
import type { Provenance } from '../core/results.ts';

/** The content of `run.json`: all that a worker needs, on whatever machine it starts. */
export interface RunSpec {
  run: string;
  cell: Cell;
  /** What only the checkout knows; the worker adds what only its machine knows. */
  code: Provenance['code'];
  /** The command that a person would type to repeat it. */
  command: string;
  /** The run whose checkpoint the cell starts from, if it starts from one. */
  startRun?: string;
  /** Ends the run after this many steps, without final figures: enough to compare losses. */
  stopAfter?: number;
}

/** Makes the folder of a new run in `parent` (default: where the recorder looks). Its spec appears whole or not at all. */
export function createRun(spec: Omit<RunSpec, 'run'>, parent = runsDir()): RunSpec & { folder: string } {
  const { run, folder } = makeFolder(parent);
  try {
    writeFileSync(join(folder, `${runFiles.spec}.new`), `${JSON.stringify({ run, ...spec }, null, 2)}\n`, {
      mode: 0o600,
    });
    renameSync(join(folder, `${runFiles.spec}.new`), join(folder, runFiles.spec));
  } catch (error) {
    throw cannotWrite(folder, error);
  }
  return { run, folder, ...spec };
}

/** Ids are drawn: among the cells of a large plan two are likely to be equal. */
function makeFolder(parent: string): { run: string; folder: string } {
  for (;;) {
    const run = newRunId();
    const folder = join(parent, run);
    try {
      mkdirSync(parent, { recursive: true, mode: 0o700 }); // its owner's alone, as the store
      mkdirSync(folder, { mode: 0o700 });
      return { run, folder };
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw cannotWrite(folder, error);
    }
  }
}

/** Throws one line unless it names a run and a cell with a configuration. */
export function readRunSpec(folder: string): RunSpec {
  const path = join(folder, runFiles.spec);
  const spec = readJson(path);
  if (isRunSpec(spec)) return spec;
  throw notASpec(path, JSON.stringify(spec).slice(0, 60));
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw notASpec(path, describeError(error), error);
  }
}

function isRunSpec(value: unknown): value is RunSpec {
  if (!isObject(value) || typeof value.run !== 'string') return false;
  return isObject(value.cell) && typeof value.cell.identity === 'string' && isObject(value.cell.config);
}

const notASpec = (path: string, got: string, cause?: unknown): UserError =>
  refusal(`${path}: expected a run's spec, got: ${got}.`, cause);

const REMEDIES: Record<string, string> = {
  ENOSPC: 'The disk is full: free some space and run again, what ran is kept.',
  EROFS: 'The file system is read-only: choose another folder with BENCH_DIR.',
  EACCES: 'The folder may not be written: choose another one with BENCH_DIR.',
};

export function cannotWrite(path: string, error: unknown): UserError {
  const remedy = REMEDIES[errorCode(error) ?? ''] ?? describeError(error);
  return refusal(`${path}: cannot be written. ${remedy}`, error);
}
