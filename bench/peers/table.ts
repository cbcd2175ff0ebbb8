import type { ResultRow } from './rows.ts';

export interface Ratio {
  net: string;
  precision: string;
  processes: number;
  threads: number;
  engine: string;
  variant: string;
  imagesPerSecond: number | null;
  /** Above 1: ours is faster. Null if either has no number. */
  oursToPeer: number | null;
}

const HEAD = ['net', 'precision', 'processes', 'engine', 'images/s', 'min–max', 'ours / it', 'peak MB', 'note'];

/** One for each row that took part in the rounds, or could not. */
export function ratios(rows: readonly ResultRow[]): Ratio[] {
  return rows.map(row => {
    const ours = rows.find(other => other.engine === 'ours' && sameContest(other, row))?.imagesPerSecond ?? null;
    const { net, precision, processes, threads, engine, variant, imagesPerSecond } = row;
    const oursToPeer = ours && imagesPerSecond ? ours / imagesPerSecond : null;
    return { net, precision, processes, threads, engine, variant, imagesPerSecond, oursToPeer };
  });
}

export function formatTable(rows: readonly ResultRow[]): string {
  const all = ratios(rows);
  const lines = rows.map((row, index) => [
    row.net,
    row.precision,
    `${row.processes} × ${row.threads} thr.`,
    `${row.engine} (${row.variant})`,
    row.imagesPerSecond?.toFixed(1) ?? '–',
    row.min === null || row.max === null ? '–' : `${row.min.toFixed(1)}–${row.max.toFixed(1)}`,
    all[index]?.oursToPeer?.toFixed(2) ?? '–',
    row.peakMegabytes?.toString() ?? '–',
    row.note ?? '',
  ]);
  const widths = HEAD.map((_, column) => Math.max(...[HEAD, ...lines].map(line => line[column]?.length ?? 0)));
  const pad = (line: string[]): string => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  return [HEAD, ...lines].map(line => pad(line).trimEnd()).join('\n');
}

function sameContest(a: ResultRow, b: ResultRow): boolean {
  return a.net === b.net && a.precision === b.precision && a.processes === b.processes;
}
