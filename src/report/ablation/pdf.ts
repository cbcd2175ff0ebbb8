import type { Content, CustomTableLayout, TableCell } from 'pdfmake/interfaces.js';
import { formatNumber } from '../../stats/index.ts';
import type { AblationCell, AblationTable } from './table.ts';

/** Thicknesses in points, as the LaTeX package booktabs has them. */
const OUTER_RULE = 0.8;
const INNER_RULE = 0.5;
/** Characters of an arm's name: longer ones are broken. */
const MOST_UNBROKEN = 30;

/** Three rules and no upright lines. */
const BOOKTABS: CustomTableLayout = {
  hLineWidth: (line, { table }) =>
    line === 0 || line === table.body.length ? OUTER_RULE : line === table.headerRows ? INNER_RULE : 0,
  vLineWidth: () => 0,
  paddingLeft: column => (column === 0 ? 0 : 5),
  paddingRight: (column, { table }) => (column === (table.widths?.length ?? 0) - 1 ? 0 : 5),
  paddingTop: () => 2.5,
  paddingBottom: () => 2.5,
};

/** The caption above; below each mean its interval. A table that is longer than a page repeats its head. */
export function ablationPdf({ columns, rows, caption }: AblationTable): Content[] {
  const head: TableCell[] = [
    { text: 'Arm', bold: true },
    { text: 'Seeds', bold: true, alignment: 'right' },
    ...columns.map(
      ({ metric: { title, unit } }): TableCell => ({
        stack: [
          { text: title, bold: true },
          { text: unit, fontSize: 7 },
        ],
        alignment: 'right',
      }),
    ),
  ];
  const body = rows.map(({ arm, seeds, cells }): TableCell[] => [
    { text: arm, noWrap: arm.length <= MOST_UNBROKEN },
    { text: String(seeds), alignment: 'right' },
    ...cells.map((cell, i) => figureCell(cell, columns[i]?.digits ?? 0)),
  ]);
  const widths = ['auto', 'auto', ...columns.map(() => '*')];
  return [
    { text: caption, fontSize: 8.5, margin: [0, 0, 0, 6] },
    { layout: BOOKTABS, fontSize: 8.5, table: { headerRows: 1, dontBreakRows: true, widths, body: [head, ...body] } },
  ];
}

function figureCell({ figure, best }: AblationCell, digits: number): TableCell {
  if (figure.values.length === 0) return { text: '–', alignment: 'right' };
  const range = figure.interval?.map(bound => formatNumber(bound, digits)).join(', ');
  const mean = { text: formatNumber(figure.mean, digits), bold: best };
  const interval = { text: range === undefined ? 'one seed' : `[${range}]`, fontSize: 7 };
  return { stack: [mean, interval], alignment: 'right', noWrap: true };
}
