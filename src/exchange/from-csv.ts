import { createReadStream, existsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream';
import { parse } from 'csv-parse';
import { describeError, EXIT, errorCode, UserError } from '../core/errors.ts';
import { numberOf, timeOf } from './found-number.ts';
import { parseJson } from './from-jsonl.ts';
import { parseRecord } from './run-record.ts';
import { type Found, type FoundPoint, PAGE_POINTS, type Source } from './source.ts';
import { JSON_COLUMNS } from './to-csv.ts';

const MAX_RECORD_CHARACTERS = 1024 * 1024;
const STEP_COLUMNS = ['step', '_step', 'iteration', 'epoch'];
const TIME_COLUMNS = ['time', 'timestamp', '_timestamp', 'wall_time', 'wall time'];
const NUMBER_COLUMNS: readonly string[] = ['seed', 'startedAt', 'endedAt'];

interface Row {
  where: string;
  cells: Record<string, string>;
}

/**
 * An exported folder (`runs.csv`, `metrics.csv`, `points.csv`), a file of points (columns metric, step, value, and run and
 * time if there are), or a file with a column `step` and a column for each metric, as many programs write it.
 */
export async function* fromCsv(path: string): Source {
  const isFolder = statSync(path).isDirectory();
  if (isFolder && existsSync(join(path, 'runs.csv'))) yield* records(join(path, 'runs.csv'));
  yield* pointsIn(isFolder ? join(path, 'points.csv') : path);
  if (isFolder && existsSync(join(path, 'metrics.csv'))) yield* figures(join(path, 'metrics.csv'));
}

async function* records(path: string): Source {
  for await (const { where, cells } of rowsOf(path)) {
    const given = Object.entries(cells).filter(([, text]) => text !== '');
    const record = parseRecord(
      Object.fromEntries(given.map(([name, text]) => [name, cellValue(where, name, text)])),
      where,
    );
    if (record.id === undefined) throw new UserError(`${where}: id: expected the id of a run, got nothing.`);
    yield { key: record.id, record };
  }
}

function cellValue(where: string, name: string, text: string): unknown {
  if (JSON_COLUMNS.includes(name)) return parseJson(`${where}, ${name}`, text);
  return NUMBER_COLUMNS.includes(name) ? numberOf(text) : text;
}

async function* figures(path: string): Source {
  for await (const { where, cells } of rowsOf(path))
    yield { key: cells.run ?? '', metrics: { [cells.metric ?? '']: numberIn(where, cells, 'value') } };
}

async function* pointsIn(path: string): Source {
  let page: FoundPoint[] = [];
  let key = '';
  let read: ((row: Row) => FoundPoint[]) | undefined;
  for await (const row of rowsOf(path)) {
    read ??= reader(path, Object.keys(row.cells));
    const run = row.cells.run ?? basename(path, '.csv');
    if (run !== key || page.length >= PAGE_POINTS) {
      if (page.length > 0) yield { key, points: page };
      [key, page] = [run, []];
    }
    page.push(...read(row));
  }
  if (page.length > 0) yield { key, points: page } satisfies Found;
}

function reader(path: string, columns: readonly string[]): (row: Row) => FoundPoint[] {
  if (['metric', 'step', 'value'].every(name => columns.includes(name))) return row => [longPoint(row)];
  const step = columnOf(columns, STEP_COLUMNS);
  const time = columnOf(columns, TIME_COLUMNS);
  const got = columns.join(', ').slice(0, 100);
  if (step === undefined)
    throw new UserError(
      `${path}: expected columns metric, step and value, or step and one for each metric, got ${got}.`,
    );
  const metrics = columns.filter(name => name !== step && name !== time && name !== 'run');
  return row => widePoints(row, step, time, metrics);
}

const columnOf = (columns: readonly string[], known: readonly string[]): string | undefined =>
  known.flatMap(name => columns.filter(column => column.toLowerCase() === name))[0];

/** Times of our own files are milliseconds. */
function longPoint({ where, cells }: Row): FoundPoint {
  const time = cells.time === undefined || cells.time === '' ? null : numberIn(where, cells, 'time');
  return {
    metric: cells.metric ?? '',
    step: numberIn(where, cells, 'step'),
    value: numberIn(where, cells, 'value'),
    time,
  };
}

function widePoints(
  { where, cells }: Row,
  stepColumn: string,
  timeColumn: string | undefined,
  metrics: readonly string[],
) {
  const step = numberIn(where, cells, stepColumn);
  const text = timeColumn === undefined ? '' : (cells[timeColumn] ?? '');
  const time = text === '' ? null : timeOf(text);
  if (time === undefined) throw new UserError(`${where}, ${timeColumn}: expected a time, got ${shown(text)}.`);
  const given = metrics.filter(metric => (cells[metric] ?? '').trim() !== '');
  return given.map((metric): FoundPoint => ({ metric, step, value: numberIn(where, cells, metric), time }));
}

function numberIn(where: string, cells: Record<string, string>, column: string): number {
  const value = numberOf(cells[column] ?? '');
  if (value !== undefined) return value;
  throw new UserError(`${where}, ${column}: expected a number, got ${shown(cells[column])}.`);
}

const shown = (text: string | undefined): string => JSON.stringify(text)?.slice(0, 60) ?? 'nothing';

async function* rowsOf(path: string): AsyncGenerator<Row> {
  const parser = parse({ bom: true, max_record_size: MAX_RECORD_CHARACTERS, skip_empty_lines: true });
  // The reader below meets every error: of the file, and of its form.
  pipeline(createReadStream(path), parser, () => {});
  let header: string[] | undefined;
  let number = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      const where = `${path}, row ${++number}`;
      if (header === undefined) header = headerOf(where, cells);
      else yield { where, cells: Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ''])) };
    }
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    if (errorCode(cause)?.startsWith('E'))
      throw new UserError(`${path}: could not be read: ${describeError(cause)}.`, { exitCode: EXIT.noData, cause });
    throw new UserError(`${path}: expected CSV, got: ${describeError(cause).slice(0, 200)}.`, { cause });
  }
}

function headerOf(where: string, names: readonly string[]): string[] {
  const header = names.map(name => name.trim());
  if (new Set(header).size === header.length) return header;
  throw new UserError(`${where}: expected columns of different names, got ${header.join(', ').slice(0, 100)}.`);
}
