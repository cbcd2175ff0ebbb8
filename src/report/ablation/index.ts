import type { ReportResults } from '../costs.ts';
import { ablationCsv } from './csv.ts';
import { ablationLatex } from './latex.ts';
import { ablationMarkdown } from './markdown.ts';
import { type AblationTable, ablationTable } from './table.ts';

export type TableFormat = 'md' | 'latex' | 'csv';

const FORMATS: Record<TableFormat, (table: AblationTable) => string> = {
  md: ablationMarkdown,
  latex: ablationLatex,
  csv: ablationCsv,
};

/** Arms × metrics as text: all metrics that runs have, or those named. */
export function ablationText(results: ReportResults, format: TableFormat, metrics?: readonly string[]): string {
  return FORMATS[format](ablationTable(results, metrics));
}
