/** A chart as a file, drawn by Vega in this process: no browser. */
import { stringify } from 'csv-stringify/sync';
import { type ChartDefinition, chartSpec, type Row, rowsIn, type Spec } from './charts/_chart.ts';
import type { ReportResults } from './costs.ts';
import { drawingPdf } from './pdf.ts';

export const FORMATS = ['svg', 'pdf', 'png', 'json', 'csv'] as const;
export type ChartFormat = (typeof FORMATS)[number];

const DEFAULT_WIDTH_PX = 640;
/** Pixels of a PNG for one of the picture. */
const DENSITY = 2;
const SVG_DPI = 72;

/** Null where the results have nothing that the chart could draw. */
export async function chartFile(
  chart: ChartDefinition,
  results: ReportResults,
  format: ChartFormat,
  width = DEFAULT_WIDTH_PX,
): Promise<string | Uint8Array | null> {
  const spec = chartSpec(chart, results);
  return spec === null ? null : specFile(spec, format, width);
}

/** A complete specification, with its rows in it. */
export async function specFile(
  spec: Spec,
  format: ChartFormat,
  width = DEFAULT_WIDTH_PX,
): Promise<string | Uint8Array> {
  if (format === 'json') return `${JSON.stringify(spec, null, 2)}\n`;
  if (format === 'csv') return csvOf(rowsIn(spec));
  return DRAWN[format](await drawSvg(spec, width));
}

/** As SVG; null where there is nothing to draw. */
export async function drawnChart(chart: ChartDefinition, results: ReportResults): Promise<string | null> {
  const spec = chartSpec(chart, results);
  return spec === null ? null : drawSvg(spec, DEFAULT_WIDTH_PX);
}

const DRAWN = { svg: (svg: string) => svg, pdf: drawingPdf, png: toPng };

/** Every field of the rows: the table on the page shows a part of them. Only text is kept from being a formula. */
function csvOf(rows: readonly Row[]): string {
  const columns = [...new Set(rows.flatMap(row => Object.keys(row)))];
  return stringify([...rows], { header: true, columns, escape_formulas: true });
}

/** Size of text is estimated here, so lines of text may lie a pixel or two from where a browser has them. */
async function drawSvg(chart: Spec, width: number): Promise<string> {
  const spec = { ...chart, width, background: '#ffffff' };
  const [{ compile }, vega] = await Promise.all([import('vega-lite'), import('vega')]);
  const view = new vega.View(vega.parse(compile(spec as never).spec), { renderer: 'none', logLevel: vega.Error });
  return view.toSVG().finally(() => view.finalize());
}

async function toPng(svg: string): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp');
  return sharp(Buffer.from(svg), { density: SVG_DPI * DENSITY })
    .png()
    .toBuffer();
}
