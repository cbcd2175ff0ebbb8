import { formatNumber } from '../../stats/index.ts';
import { type ChartDefinition, type Column, completeSpec, type Row, type Spec } from '../charts/_chart.ts';
import type { ReportResults } from '../costs.ts';
import { type Html, html } from '../html.ts';

export interface DrawnChart {
  chart: Pick<ChartDefinition, 'name' | 'title'>;
  spec: Spec;
  columns: readonly Column[];
  tableRows: readonly Row[];
  about: string;
  description: string;
}

/** One of the folder's charts, which knows its place in the report. */
export interface PlacedChart extends DrawnChart {
  chart: ChartDefinition;
}

/** The charts that have something to draw, in their order. */
export function drawCharts(charts: readonly ChartDefinition[], results: ReportResults): PlacedChart[] {
  const drawn = charts.flatMap(chart => drawChart(chart, results) ?? []);
  return drawn.sort((a, b) => a.chart.order - b.chart.order);
}

function drawChart(chart: ChartDefinition, results: ReportResults): PlacedChart | null {
  const rows = chart.rows(results);
  if (rows.length === 0) return null;
  const description = chart.describe(rows, results);
  return {
    chart,
    spec: completeSpec(rows, description, chart.spec(rows, results)),
    columns: chart.columns(results),
    tableRows: chart.tableRows?.(rows) ?? rows,
    about: chart.about(results),
    description,
  };
}

export function figures(charts: readonly DrawnChart[]): Html | null {
  return charts.length === 0 ? null : html`<div class="figures">${charts.map(figure)}</div>`;
}

function figure({ chart, columns, tableRows, about, description }: DrawnChart): Html {
  const { name, title } = chart;
  return html`<figure>
<h3>${title}</h3>
<div class="chart" id="chart-${name}" role="img" aria-label="${title}. ${description}"></div>
<div class="bindings" id="bindings-${name}"></div>
<figcaption id="about-${name}">${about}</figcaption>
<div class="tools">
<details><summary>Data</summary><div class="scroll" id="data-${name}" tabindex="0" role="region" aria-label="Data: ${title}">${dataTable(title, columns, tableRows)}</div></details>
<span class="downloads">${download(name, 'svg', 'SVG')}${download(name, 'png', 'PNG')}${download(name, 'csv', 'CSV')}${download(name, 'spec', 'Vega-Lite')}</span>
</div>
</figure>`;
}

const download = (name: string, kind: string, label: string): Html =>
  html`<button type="button" data-tool="${kind}" data-chart="${name}" aria-label="Save ${name} as ${label}">${label}</button>`;

export function dataTable(title: string, columns: readonly Column[], rows: readonly Row[]): Html {
  const kind = ({ digits }: Column): string => (digits === undefined ? '' : 'number');
  return html`<table><caption>${title}</caption>
<thead><tr>${columns.map(column => html`<th scope="col" class="${kind(column)}">${column.title}</th>`)}</tr></thead>
<tbody>${rows.map(row => html`<tr>${columns.map(column => html`<td class="${kind(column)}">${cellText(row, column)}</td>`)}</tr>`)}</tbody>
</table>`;
}

function cellText(row: Row, { key, digits }: Column): string {
  const value = row[key];
  if (value === null || value === undefined) return '–';
  return typeof value === 'number' ? formatNumber(value, digits ?? 0) : value;
}
