import { stringify } from 'csv-stringify/sync';
import { EXIT } from '../../core/errors.ts';
import { toWire } from '../../core/journal.ts';
import { storePath } from '../../core/places.ts';
import { plainJson } from '../../core/plain-text.ts';
import { askSql, type SqlAnswer } from '../../tracking/queries.ts';
import { openRecordedStore } from '../../tracking/recorded-store.ts';
import { openStore } from '../../tracking/store.ts';
import { formatTable } from '../output/table.ts';

export type SqlFormat = 'table' | 'json' | 'csv';

/** A table for the eye is held in memory; JSON and CSV are written as they come. */
const MAX_TABLE_ROWS = 1000;
const ROWS_AT_ONCE = 1000;

export function sqlCommand(sql: string, format: SqlFormat): number {
  openRecordedStore()?.close();
  const store = openStore(storePath(), { readonly: true });
  try {
    askSql(store, sql, answer => print(answer, format));
    return EXIT.ok;
  } finally {
    store.close();
  }
}

function print(answer: SqlAnswer, format: SqlFormat): void {
  if (format === 'csv') printCsv(answer);
  else if (format === 'json') printJson(answer);
  else printTable(answer);
}

function printTable({ columns, rows }: SqlAnswer): void {
  const shown: unknown[][] = [];
  for (const row of rows) if (shown.push(row) > MAX_TABLE_ROWS) break;
  const more = shown.length > MAX_TABLE_ROWS;
  const align = (i: number) => (shown.every(row => typeof row[i] !== 'string') ? 'right' : 'left');
  const text = (i: number) => (row: unknown[]) => textOf(row[i]);
  const lines = more ? shown.slice(0, -1) : shown;
  process.stdout.write(
    formatTable(
      lines,
      columns.map((title, i) => ({ title, align: align(i), text: text(i) })),
    ),
  );
  if (more) process.stderr.write(`Only the first ${MAX_TABLE_ROWS} rows: --csv or --json gives all.\n`);
}

/** An array of objects, a line each. */
function printJson({ columns, rows }: SqlAnswer): void {
  let separator = '[\n';
  for (const part of inParts(rows)) {
    const objects = part.map(row => Object.fromEntries(columns.map((name, i) => [name, plainValue(row[i])])));
    process.stdout.write(separator + objects.map(object => plainJson(JSON.stringify(object))).join(',\n'));
    separator = ',\n';
  }
  process.stdout.write(separator === '[\n' ? '[]\n' : '\n]\n');
}

function printCsv({ columns, rows }: SqlAnswer): void {
  process.stdout.write(stringify([columns]));
  for (const part of inParts(rows)) process.stdout.write(stringify(part.map(row => row.map(plainValue))));
}

function* inParts(rows: Iterable<unknown[]>): Generator<unknown[][]> {
  let part: unknown[][] = [];
  for (const row of rows) {
    if (part.push(row) < ROWS_AT_ONCE) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}

/** What JSON has no form for: infinities as words, blobs in hexadecimal digits. */
function plainValue(value: unknown): unknown {
  if (typeof value === 'number') return toWire(value);
  return Buffer.isBuffer(value) ? value.toString('hex') : value;
}

const textOf = (value: unknown): string => (value === null ? '-' : String(plainValue(value)));
