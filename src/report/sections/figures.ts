import type { ExperimentResults } from '../../core/results.ts';
import { formatNumber } from '../../stats/index.ts';
import type { ChartDefinition, Drawing, Row } from '../chart.ts';
import { type Html, html } from '../html.ts';

export interface DrawnChart extends Drawing {
  chart: ChartDefinition;
}

/** The charts that have something to draw, in their order. */
export function drawCharts(charts: readonly ChartDefinition[], results: ExperimentResults): DrawnChart[] {
  const drawn = charts.map(chart => ({ chart, drawing: chart.draw(results) }));
  const some = drawn.flatMap(({ chart, drawing }) => (drawing ? [{ chart, ...drawing }] : []));
  return some.sort((a, b) => a.chart.order - b.chart.order);
}

export function figure({ chart, rows }: DrawnChart): Html {
  const { name, title, about } = chart;
  const tool = (kind: string, label: string): Html =>
    html`<button type="button" data-tool="${kind}" data-chart="${name}">${label}</button>`;
  return html`<figure>
    <h3>${title}</h3>
    <div class="chart" id="chart-${name}" role="img" aria-label="${title}. ${about}"></div>
    <figcaption>${about}</figcaption>
    <div class="tools">${tool('svg', 'SVG')} ${tool('png', 'PNG')} ${tool('csv', 'CSV')} ${tool('spec', 'Vega-Lite')}</div>
    <details><summary>As a table</summary><div class="scroll">${rowTable(rows, title)}</div></details>
  </figure>`;
}

function rowTable(rows: readonly Row[], title: string): Html {
  const names = Object.keys(rows[0] ?? {}).filter(name => name !== 'colour' && name !== 'dash');
  return html`<table><caption>${title}</caption>
    <thead><tr>${names.map(name => html`<th scope="col">${name}</th>`)}</tr></thead>
    <tbody>${rows.map(row => html`<tr>${names.map(name => html`<td>${cellText(row[name])}</td>`)}</tr>`)}</tbody></table>`;
}

function cellText(value: string | number | null | undefined): string {
  if (typeof value !== 'number') return value ?? '–';
  return Number.isInteger(value) ? String(value) : formatNumber(value, 4);
}
