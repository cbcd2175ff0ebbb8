/** The rows of a sitting as a table in Markdown. */
import type { Row } from './sitting.ts';

const COLUMNS: readonly [title: string, text: (row: Row) => string][] = [
  ['tool', ({ tool, version }) => (version === undefined ? tool : `${tool} ${version}`)],
  ['points/s', row => number(row.pointsPerSecond)],
  ['a step: median', ({ stepCostMicros }) => micros(stepCostMicros?.median)],
  ['p99', ({ stepCostMicros }) => micros(stepCostMicros?.p99)],
  ['longest', ({ stepCostMicros }) => micros(stepCostMicros?.worst)],
  ['bytes/point', row => number(row.bytesPerPoint)],
  ['lost on kill -9', row => share(row.lostOnKill, row.acknowledged)],
  ['8 writers: errors, lost', row => pair(row.writersErrors, row.writersLost)],
  ['longest call', ({ writersWorstMs: ms }) => micros(ms && 1000 * ms)],
  ['list', ({ listMs, listRuns }) => (listMs === null ? 'none' : `${number(listMs)} ms${of(listRuns)}`)],
  ['of 10,000', ({ listMsOfMany }) => (listMsOfMany === undefined ? '-' : `${number(listMsOfMany)} ms`)],
];

export function formatTable(rows: readonly Row[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const head = [line(COLUMNS.map(([title]) => title)), `|${'---|'.repeat(COLUMNS.length)}`];
  const notes = rows.flatMap(({ tool, failures }) => failures.map(failure => `${tool}: ${failure}`));
  return [...head, ...rows.map(row => line(COLUMNS.map(([, text]) => text(row)))), '', ...notes].join('\n');
}

function number(value: number | undefined): string {
  return value === undefined ? '-' : value.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 1 : 0 });
}

function micros(value: number | undefined): string {
  if (value === undefined) return '-';
  return value < 1000 ? `${number(value)} µs` : `${number(value / 1000)} ms`;
}

const share = (lost: number | undefined, all: number | undefined): string =>
  lost === undefined ? '-' : `${number(lost)} of ${number(all)}`;

const pair = (errors: number | undefined, lost: number | undefined): string =>
  errors === undefined ? '-' : `${errors}, ${number(lost)}`;

const of = (runs: number | undefined): string =>
  runs === undefined || runs === 1000 ? '' : ` of ${number(runs)} runs`;
