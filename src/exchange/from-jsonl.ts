import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describeError, UserError } from '../core/errors.ts';
import { isObject } from '../core/is-object.ts';
import { wireNumberOf } from './found-number.ts';
import { parseRecord, type RunRecord, wrongField } from './run-record.ts';
import { type Found, type FoundPoint, PAGE_POINTS, type Source } from './source.ts';
import { linesOf } from './source-files.ts';

/** An exported folder, or a file whose lines are points: `{"run", "metric", "step", "value", "time"}`. */
export async function* fromJsonl(path: string): Source {
  const isFolder = statSync(path).isDirectory();
  const runs = join(path, 'runs.jsonl');
  if (isFolder && existsSync(runs)) yield* records(runs);
  const points = isFolder ? join(path, 'points.jsonl') : path;
  let page: FoundPoint[] = [];
  let key = '';
  for (const [where, line] of objects(points)) {
    const run = line.run === undefined ? '' : line.run;
    if (typeof run !== 'string') throw wrongField(where, 'run', 'a text', run);
    if (run !== key || page.length === PAGE_POINTS) {
      if (page.length > 0) yield { key, points: page };
      [key, page] = [run, []];
    }
    page.push(pointOf(where, line));
  }
  if (page.length > 0) yield { key, points: page };
}

/** Of JSON of ours or of Python, whose `json` writes NaN and Infinity as bare words. Throws one line. */
export function parseJson(where: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    try {
      return JSON.parse(withQuotedWords(text));
    } catch {
      throw new UserError(`${where}: expected JSON, got: ${describeError(cause)}.`, { cause });
    }
  }
}

const withQuotedWords = (text: string): string =>
  text.replace(/"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g, part => (part.startsWith('"') ? part : `"${part}"`));

/** The record of an export: figures may be words. */
export function parseExportedRecord(where: string, value: unknown): Partial<RunRecord> {
  const metrics = (value as { metrics?: unknown } | null)?.metrics;
  if (typeof metrics !== 'object' || metrics === null) return parseRecord(value, where);
  const figures = Object.entries(metrics).map(([name, figure]) => [name, wireNumberOf(figure)]);
  return parseRecord({ ...(value as object), metrics: Object.fromEntries(figures) }, where);
}

/** The lines of a file that must be objects, each with its place. Empty lines are none. */
export function* objects(path: string): Generator<[where: string, line: Record<string, unknown>]> {
  let number = 0;
  for (const text of linesOf(path)) {
    const where = `${path}, line ${++number}`;
    if (text.trim() === '') continue;
    const line = parseJson(where, text.replace(/^\uFEFF/, ''));
    if (!isObject(line)) throw wrongField(where, 'line', 'an object', line);
    yield [where, line];
  }
}

function* records(path: string): Generator<Found> {
  for (const [where, line] of objects(path)) {
    const record = parseExportedRecord(where, line);
    if (record.id === undefined) throw wrongField(where, 'id', 'a text', line.id);
    yield { key: record.id, record };
  }
}

function pointOf(where: string, { metric, step, value, time = null }: Record<string, unknown>): FoundPoint {
  const number = wireNumberOf(value);
  if (typeof metric !== 'string') throw wrongField(where, 'metric', 'a text', metric);
  if (typeof step !== 'number') throw wrongField(where, 'step', 'a number', step);
  if (number === undefined) throw wrongField(where, 'value', 'a number, "NaN", "Infinity" or "-Infinity"', value);
  if (time !== null && !Number.isFinite(time)) throw wrongField(where, 'time', 'milliseconds since 1970', time);
  return { metric, step, value: number, time: time as number | null };
}
