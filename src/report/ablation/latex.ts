import { titleInUnit } from '../metrics.ts';
import type { AblationCell, AblationTable } from './table.ts';

/** A `table` for `\usepackage{booktabs}`; intervals in brackets behind their means. */
export function ablationLatex({ columns, rows, caption }: AblationTable): string {
  const head = ['Arm', 'Seeds', ...columns.map(({ metric }) => titleInUnit(metric))];
  const lines = rows.map(row => [
    escapeTex(row.arm),
    String(row.seeds),
    ...row.cells.map((cell, i) => cellText(cell, columns[i]?.digits ?? 0)),
  ]);
  return `\\begin{table}
  \\centering
  \\caption{${escapeTex(caption)}}
  \\begin{tabular}{lr${'r'.repeat(columns.length)}}
    \\toprule
    ${head.map(escapeTex).join(' & ')} \\\\
    \\midrule
${lines.map(cells => `    ${cells.join(' & ')} \\\\\n`).join('')}    \\bottomrule
  \\end{tabular}
\\end{table}
`;
}

function cellText({ figure, best }: AblationCell, digits: number): string {
  if (figure.values.length === 0) return '--';
  const number = (value: number): string => (Number.isFinite(value) ? value.toFixed(digits) : '\\mathrm{NaN}');
  const mean = best ? `\\mathbf{${number(figure.mean)}}` : number(figure.mean);
  return `$${mean}$${figure.interval ? ` $[${figure.interval.map(number).join(', ')}]$` : ''}`;
}

const SPECIAL: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '–': '--',
};

/** Names are text: no command begins in one. */
const escapeTex = (text: string): string =>
  text.replace(/[\\~^<>–]|[&%$#_{}]/g, character => SPECIAL[character] ?? `\\${character}`).replace(/\s+/g, ' ');
