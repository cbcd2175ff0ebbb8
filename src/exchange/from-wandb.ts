import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../core/errors.ts';
import type { Json } from '../core/ids.ts';
import { isObject } from '../core/is-object.ts';
import { wireNumberOf } from './found-number.ts';
import { objects, parseJson } from './from-jsonl.ts';
import { wrongField } from './run-record.ts';
import type { FoundPoint, Source } from './source.ts';
import { sourceFiles } from './source-files.ts';

const MAX_DEPTH = 8;
const MAX_FILE_BYTES = 16 * 1024 * 1024;

/** Files of a history: each is a run. */
export const wandbFiles = (path: string): string[] => sourceFiles(path, name => name.endsWith('.jsonl'));

/**
 * History as W&B's `run.scan_history()` or its API gives it, a JSON object a line: `_step` (default: one more than the
 * last), `_timestamp` (seconds), figures, nested or not. Beside the only history of a folder, `config.json` and
 * `wandb-summary.json` are read.
 */
export async function* fromWandb(path: string): Source {
  const files = wandbFiles(path);
  for (const file of files) {
    const key = basename(file, '.jsonl');
    const beside = statSync(path).isDirectory() && files.length === 1 ? dirname(file) : null;
    const config = objectIn(beside, 'config.json') as Record<string, Json>;
    yield { key, record: { name: key, arm: key, config } };
    yield* history(file, key);
    yield { key, metrics: Object.fromEntries(figures(objectIn(beside, 'wandb-summary.json')).numbers) };
  }
}

async function* history(file: string, key: string): Source {
  let step = -1;
  for (const [where, line] of objects(file)) {
    step = stepOf(where, line, step);
    const time = wireNumberOf(line._timestamp);
    const timeMs = time === undefined || !Number.isFinite(time) ? null : Math.round(time * 1000);
    const { numbers, others } = figures(line);
    const points = numbers.map(([metric, value]): FoundPoint => ({ metric, step, value, time: timeMs }));
    if (points.length > 0) yield { key, points };
    if (others > 0) yield { key, passedOver: others };
  }
}

function stepOf(where: string, line: Record<string, unknown>, last: number): number {
  if (line._step === undefined) return last + 1;
  if (typeof line._step === 'number') return line._step;
  throw wrongField(where, '_step', 'a number', line._step);
}

/** Numbers by dotted name; words for NaN and infinities count. Keys of W&B itself begin with a line. */
function figures(object: object): { numbers: [string, number][]; others: number } {
  const found: { numbers: [string, number][]; others: number } = { numbers: [], others: 0 };
  const visit = (inner: object, prefix: string, depth: number): void => {
    for (const [name, value] of Object.entries(inner)) {
      if (depth === 0 && name.startsWith('_')) continue;
      const number = wireNumberOf(value);
      if (number !== undefined) found.numbers.push([prefix + name, number]);
      else if (isGroup(value) && depth < MAX_DEPTH) visit(value, `${prefix}${name}.`, depth + 1);
      else if (value !== null) found.others++;
    }
  };
  visit(object, '', 0);
  return found;
}

/** Pictures, histograms and tables are objects too, and say so. */
const isGroup = (value: unknown): value is object => isObject(value) && !('_type' in value);

function objectIn(folder: string | null, name: string): object {
  const path = folder === null ? '' : join(folder, name);
  if (folder === null || !existsSync(path)) return {};
  if (statSync(path).size > MAX_FILE_BYTES)
    throw new UserError(`${path}: expected at most ${MAX_FILE_BYTES} bytes, got more.`);
  const value = parseJson(path, readFileSync(path, 'utf8'));
  if (isObject(value)) return value;
  throw new UserError(`${path}: expected an object, got ${JSON.stringify(value)?.slice(0, 60)}.`);
}
