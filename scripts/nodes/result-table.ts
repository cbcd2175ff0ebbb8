import { type NodeResult, STEPS } from './node-trial.ts';

const COLUMNS = ['node', ...STEPS] as const;
const WIDTH = 9;

/** One line for each Node, one column for each step. */
export function formatResults(results: NodeResult[]): string {
  const rows = [COLUMNS, ...results.map(result => COLUMNS.map(column => result[column]))];
  return rows.map(formatRow).join('\n');
}

const formatRow = (cells: readonly string[]): string =>
  cells
    .map(cell => cell.padEnd(WIDTH))
    .join(' ')
    .trimEnd();
