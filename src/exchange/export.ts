import { mkdirSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describeError, EXIT, errorCode, UserError } from '../core/errors.ts';
import type { Store } from '../tracking/store.ts';
import { recordOf } from './run-record.ts';
import { storedPoints } from './stored-points.ts';
import type { ExportTarget } from './target.ts';

export type ExportFormat = 'tensorboard' | 'mlflow' | 'csv' | 'parquet' | 'jsonl';

export interface ExportOptions {
  format: ExportFormat;
  /** A folder that is empty or not there; for mlflow also the URI of a tracking store. */
  out: string;
  /** The Python that has MLflow. */
  python: string;
}

export interface Exported {
  runs: number;
  points: number;
}

/** Writes these runs; a few pages of points are in memory at a time. Throws one line if the target refuses. */
export async function exportRuns(store: Store, runs: readonly string[], options: ExportOptions): Promise<Exported> {
  const target = await openTarget(options);
  const exported: Exported = { runs: 0, points: 0 };
  try {
    for (const id of runs) {
      exported.points += await exportRun(store, id, target);
      exported.runs++;
    }
    await target.finish();
    return exported;
  } catch (cause) {
    if (cause instanceof UserError || errorCode(cause) === undefined) throw cause;
    throw new UserError(`${options.out}: could not be written: ${describeError(cause)}.`, {
      exitCode: EXIT.noData,
      cause,
    });
  }
}

async function exportRun(store: Store, id: string, target: ExportTarget): Promise<number> {
  const record = recordOf(store, id);
  let count = 0;
  await target.run(record);
  for (const page of storedPoints(store, id)) {
    await target.points(record, page);
    count += page.length;
  }
  return count;
}

async function openTarget({ format, out, python }: ExportOptions): Promise<ExportTarget> {
  if (format === 'mlflow') return (await import('./to-mlflow.ts')).toMlflow(mlflowUri(out), python);
  const folder = emptyFolder(out);
  if (format === 'csv') return (await import('./to-csv.ts')).toCsv(folder);
  if (format === 'parquet') return (await import('./to-parquet.ts')).toParquet(folder);
  if (format === 'jsonl') return (await import('./to-jsonl.ts')).toJsonl(folder);
  return (await import('./to-tensorboard.ts')).toTensorboard(folder);
}

const mlflowUri = (out: string): string => (out.includes('://') ? out : `sqlite:///${emptyFolder(out)}/mlflow.db`);

/** Nothing of another export is mixed with this one, and nothing is overwritten. */
function emptyFolder(path: string): string {
  const folder = resolve(path);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (readdirSync(folder).length === 0) return folder;
  } catch (cause) {
    throw new UserError(`${folder}: expected a folder to write to: ${describeError(cause)}.`, {
      exitCode: EXIT.noData,
      cause,
    });
  }
  throw new UserError(`${folder}: expected an empty folder, or none yet, got one with files. Name another with --out.`);
}
