/** What of a report goes into a paper, as one PDF: the verdicts, the ablation table, and every figure as a vector drawing. */
import type { Content } from 'pdfmake/interfaces.js';
import { ablationPdf } from './ablation/pdf.ts';
import { ablationTable } from './ablation/table.ts';
import { drawnChart } from './chart-file.ts';
import { allCharts } from './chart-folder.ts';
import { type ChartDefinition, PLACES } from './charts/_chart.ts';
import type { ReportResults } from './costs.ts';
import { executedText } from './executed.ts';
import { drawing, pdfOf } from './pdf.ts';

const MARGIN = 48;
const PAGE_WIDTH = 595.28;
const TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN;

/** `metrics`: columns of the table; all, if not given. */
export async function paperPdf(results: ReportResults, metrics?: readonly string[]): Promise<Uint8Array> {
  const charts = (await allCharts()).toSorted(byPlace);
  const figures: Content[] = [];
  for (const chart of charts) figures.push(...(await figure(chart, results)));
  return pdfOf({
    pageSize: 'A4',
    pageMargins: MARGIN,
    info: { title: results.experiment.title },
    defaultStyle: { fontSize: 10, lineHeight: 1.15 },
    content: [...heading(results), ...ablationPdf(ablationTable(results, metrics)), ...figures],
  });
}

const byPlace = (a: ChartDefinition, b: ChartDefinition): number =>
  PLACES.indexOf(a.place) - PLACES.indexOf(b.place) || a.order - b.order;

function heading({ experiment, tier, executed, verdicts }: ReportResults): Content[] {
  const about = [`Experiment ${experiment.id}, ${tier} tier`, ...(executed ? [executedText(executed)] : [])].join(', ');
  return [
    { text: experiment.title, fontSize: 16, bold: true, margin: [0, 0, 0, 4] },
    { text: experiment.question },
    { text: `${about}.`, color: '#58616b', margin: [0, 0, 0, 8] },
    ...verdicts.map(({ sentence }): Content => ({ text: sentence, margin: [0, 0, 0, 4] })),
    { text: '', margin: [0, 0, 0, 8] },
  ];
}

/** Nothing for a chart that has nothing to draw. */
async function figure(chart: ChartDefinition, results: ReportResults): Promise<Content[]> {
  const svg = await drawnChart(chart, results);
  if (svg === null) return [];
  const stack: Content[] = [
    { text: chart.title, bold: true, margin: [0, 18, 0, 4] },
    drawing(svg, TEXT_WIDTH),
    { text: chart.about(results), fontSize: 8.5, margin: [0, 4, 0, 0] },
  ];
  return [{ unbreakable: true, stack }];
}
