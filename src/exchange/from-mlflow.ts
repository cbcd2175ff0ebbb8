import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError } from '../core/errors.ts';
import { wireNumberOf } from './found-number.ts';
import { parseExportedRecord, parseJson } from './from-jsonl.ts';
import { PythonProcess } from './python-process.ts';
import type { FoundPoint, Source } from './source.ts';

/** All runs of a tracking store that were not deleted, through MLflow's own client, which holds one metric of a run at a time. */
export async function* fromMlflow(path: string, python: string): Source {
  const client = new PythonProcess(python, ['import', trackingUri(path)]);
  for await (const line of client.lines()) {
    const { key, run, points } = parseJson('MLflow', line) as { key: string; run?: unknown; points?: unknown[][] };
    if (run !== undefined) yield { key, record: parseExportedRecord(`MLflow, run ${key}`, run) };
    if (points !== undefined) yield { key, points: points.map(pointOf) };
  }
}

const pointOf = ([metric, step, value, time]: unknown[]): FoundPoint => ({
  metric: String(metric),
  step: step as number,
  value: wireNumberOf(value) ?? Number.NaN,
  time: time as number,
});

/** A URI as it is; a database; a folder that holds one, or a store of files. */
function trackingUri(path: string): string {
  if (path.includes('://')) return path;
  if (!existsSync(path))
    throw new UserError(`${path}: expected an MLflow store (a folder, mlflow.db, or a URI), got nothing.`);
  const database = statSync(path).isDirectory() ? join(path, 'mlflow.db') : path;
  return existsSync(database) ? `sqlite:///${resolve(database)}` : resolve(path);
}
