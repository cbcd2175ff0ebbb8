import { join } from 'node:path';
import { toWire } from '../core/journal.ts';
import { FileWriter } from './file-writer.ts';
import type { RunRecord } from './run-record.ts';
import type { ExportTarget } from './target.ts';

/** `runs.jsonl`: a run a line; `points.jsonl`: a point a line. NaN and infinities are words. */
export function toJsonl(folder: string): ExportTarget {
  const runs = new FileWriter(join(folder, 'runs.jsonl'));
  const points = new FileWriter(join(folder, 'points.jsonl'));
  return {
    run: record => runs.write(`${recordJson(record)}\n`),
    points: ({ id }, page) => {
      for (const { metric, step, value, time } of page)
        points.write(`${JSON.stringify({ run: id, metric, step, value: toWire(value), time })}\n`);
    },
    finish: () => {
      runs.close();
      points.close();
    },
  };
}

/** One line of JSON, numbers that JSON lacks as words. */
export const recordJson = (record: RunRecord): string =>
  JSON.stringify(record, (_key, value: unknown) => (typeof value === 'number' ? toWire(value) : value));
