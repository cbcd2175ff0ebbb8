import { formatNumber } from '../../stats/index.ts';
import { type AblationCell, type AblationTable, columnTitle } from './table.ts';

/** A table as GitHub reads it, the caption below it. */
export function ablationMarkdown({ columns, rows, caption }: AblationTable): string {
  const head = ['Arm', 'Seeds', ...columns.map(columnTitle)];
  const lines = rows.map(row => [
    plain(row.arm),
    String(row.seeds),
    ...row.cells.map((cell, i) => cellText(cell, columns[i]?.digits ?? 0)),
  ]);
  const rule = head.map((_, i) => (i === 0 ? '---' : '---:'));
  return `${[head, rule, ...lines].map(cells => `| ${cells.join(' | ')} |\n`).join('')}\n${plain(caption)}\n`;
}

function cellText({ figure, best }: AblationCell, digits: number): string {
  if (figure.values.length === 0) return '–';
  const mean = formatNumber(figure.mean, digits);
  const range = figure.interval?.map(bound => formatNumber(bound, digits)).join(' to ');
  return `${best ? `**${mean}**` : mean}${range ? ` (${range})` : ''}`;
}

/** Names are text: no cell ends in one, and no markup or tag begins. */
const plain = (text: string): string =>
  text.replace(/[\\`*_[\]<>|]/g, character => `\\${character}`).replace(/\s+/g, ' ');
