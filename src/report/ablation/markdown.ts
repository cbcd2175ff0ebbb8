import { formatNumber } from '../../stats/index.ts';
import { markdownTable, plainMarkdown } from '../markdown.ts';
import { titleInUnit } from '../metrics.ts';
import type { AblationCell, AblationTable } from './table.ts';

/** A table as GitHub reads it, the caption below it. */
export function ablationMarkdown({ columns, rows, caption }: AblationTable): string {
  const head = ['Arm', 'Seeds', ...columns.map(({ metric }) => titleInUnit(metric))];
  const lines = rows.map(row => [
    plainMarkdown(row.arm),
    String(row.seeds),
    ...row.cells.map((cell, i) => cellText(cell, columns[i]?.digits ?? 0)),
  ]);
  const rule = head.map((_, i) => (i === 0 ? '---' : '---:'));
  return `${markdownTable([head, rule, ...lines])}\n${plainMarkdown(caption)}\n`;
}

function cellText({ figure, best }: AblationCell, digits: number): string {
  if (figure.values.length === 0) return '–';
  const mean = formatNumber(figure.mean, digits);
  const range = figure.interval?.map(bound => formatNumber(bound, digits)).join(' to ');
  return `${best ? `**${mean}**` : mean}${range ? ` (${range})` : ''}`;
}
