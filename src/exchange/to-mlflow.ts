import { toWire } from '../core/journal.ts';
import { PythonProcess } from './python-process.ts';
import type { ExportTarget } from './target.ts';
import { recordJson } from './to-jsonl.ts';

/**
 * Into an MLflow store through MLflow's own client, so that it is right whatever version that is: `uri` is the one of a
 * server, or of SQLite (its store of files is no longer kept up). MLflow has no infinities: it writes ±1.797…e308.
 */
export function toMlflow(uri: string, python: string): ExportTarget {
  const client = new PythonProcess(python, ['export', uri]);
  return {
    run: record => client.send({ run: JSON.parse(recordJson(record)) as object }),
    points: (_run, points) =>
      client.send({ points: points.map(({ metric, step, value, time }) => [metric, step, toWire(value), time]) }),
    finish: () => client.finish(),
  };
}
