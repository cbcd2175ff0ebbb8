/** The page of `bench history`: published errors, the lines of descent, what accuracy costs, all nets, all sources. */
import { documentOf } from '../document.ts';
import { type Html, html } from '../html.ts';
import { section } from '../page-parts.ts';
import { type DrawnChart, figures } from '../sections/figures.ts';
import { costCharts } from './cost-charts.ts';
import { HUMAN } from './entries.ts';
import { depthChart, yearChart } from './error-charts.ts';
import { lineageFigure } from './lineage-drawing.ts';
import { type LineageLayout, layOutLineage } from './lineage-layout.ts';
import { netTable, numberLink } from './net-table.ts';
import { type OwnError, ownCharts } from './own-charts.ts';
import { ownPoints, type RecordedClaim } from './own-points.ts';
import { type HistoryNet, type PublishedFigure, publishedFigures } from './published.ts';
import { HISTORY_STYLE } from './style.ts';
import { type Bibliography, createBibliography } from './works.ts';

export interface History {
  nets: readonly HistoryNet[];
  claims: readonly RecordedClaim[];
  /** Of arms whose error a record has. */
  errors: readonly OwnError[];
  generatedAt: Date;
}

const TITLE = 'From the perceptron to residual nets';

/** One file that needs no network. */
export async function renderHistory(history: History): Promise<string> {
  const bibliography = createBibliography();
  const published = publishedFigures(history.nets).map(figure => withNumber(figure, bibliography));
  const charts = [yearChart(published), depthChart(published), ...costCharts(published)] as const;
  const own = ownCharts(published, history.errors);
  const layout = await layOutLineage(history.nets);
  const content = body(history, { charts, own }, layout, bibliography);
  return documentOf(TITLE, content, [...charts, ...own], { style: HISTORY_STYLE });
}

const withNumber = (figure: PublishedFigure, { cite }: Bibliography): PublishedFigure => ({
  ...figure,
  source: `${figure.source} [${cite(figure.source).number}]`,
});

interface Charts {
  charts: readonly DrawnChart[];
  own: readonly DrawnChart[];
}

function body(
  { nets, claims, generatedAt }: History,
  { charts, own }: Charts,
  layout: LineageLayout,
  bibliography: Bibliography,
): Html {
  const human = bibliography.cite(HUMAN.source).number;
  return html`<header>
<p class="kicker">History of convolutional nets</p>
<h1>${TITLE}</h1>
<p class="question">Six decades of one family: what each net added, how far the error fell, and what that cost.</p>
</header>
<main>
${section('errors', 'The error on ILSVRC', [reading(human), figures(charts.slice(0, 1)), figures(charts.slice(1, 2))])}
${section('descent', 'Two lines of descent', [lineageFigure(layout, bibliography)])}
${section('cost', 'What accuracy costs', [figures(charts.slice(2))])}
${section('nets', 'All nets', [netTable(nets, bibliography)])}
${section('own', 'Our own points', [ownPoints(claims), ...own.map(one => figures([one]))])}
${section('sources', 'Sources', [sourceList(bibliography)])}
</main>
<footer><p>Written by bench history on ${generatedAt.toISOString().slice(0, 10)}.</p></footer>`;
}

const reading = (human: number): Html =>
  html`<p>A figure of one net and one of several whose answers are averaged, one of the validation set and one of the test set, one with pictures from elsewhere and one without: none of these is comparable with the other. Each has a mark of its own, and no line joins marks. The dashed line is one person, who had trained for it and looked at 1,500 of the test pictures ${numberLink(human)}, §6.4.</p>`;

/** Last, when every source has its number. */
function sourceList({ list }: Bibliography): Html {
  return html`<ol class="sources">${list().map((text, i) => html`<li id="source-${i + 1}">${text}</li>`)}</ol>`;
}
