import { loadFolder } from '../core/folder.ts';
import type { ExperimentResults } from '../core/results.ts';
import type { ChartDefinition, ChartPlace } from './charts/_chart.ts';
import { Html, html, scriptJson, scriptText } from './html.ts';
import { readLibraries } from './libraries.ts';
import { colourVariables } from './palette.ts';
import { policyFor } from './policy.ts';
import { SCRIPT } from './script.ts';
import { armTable } from './sections/arms.ts';
import { cellTable } from './sections/cells.ts';
import { claimTable } from './sections/claims.ts';
import { type DrawnChart, drawCharts, figures } from './sections/figures.ts';
import { HOW_TO_READ } from './sections/how-to-read.ts';
import { provenanceSection } from './sections/provenance.ts';
import { howToRepeat } from './sections/repeat.ts';
import { footer, header, history, limits } from './sections/spec.ts';
import { verdictBox } from './sections/verdict.ts';
import { STYLE } from './style.ts';

/** The whole report as one file that needs no network. */
export async function renderReport(results: ExperimentResults, options: { generatedAt?: Date } = {}): Promise<string> {
  const folder = await loadFolder<ChartDefinition>(new URL('./charts/', import.meta.url));
  const charts = drawCharts(
    folder.map(entry => entry.value),
    results,
  );
  const scripts = [...(charts.length > 0 ? readLibraries() : []), SCRIPT].map(scriptText);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${policyFor(scripts)}">
<title>${results.experiment.title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
${body(results, charts, options.generatedAt ?? new Date())}
<script type="application/json" id="charts">${chartData(charts)}</script>
${scripts.map(script => html`<script>${script}</script>\n`)}</body>
</html>
`.text;
}

function body(results: ExperimentResults, charts: readonly DrawnChart[], generatedAt: Date): Html {
  const at = (place: ChartPlace): Html | null => figures(charts.filter(({ chart }) => chart.place === place));
  return html`${header(results)}
<main>
${verdictBox(results)}
${HOW_TO_READ}
${section('claims', 'Claims', [claimTable(results), at('claims')])}
${section('arms', 'Final figures', [armTable(results), at('arms')])}
${section('cells', 'Cells', [cellTable(results)])}
${section('curves', 'Curves', [at('curves')])}
${section('limits', 'What this cannot show', [limits(results)])}
${section('history', 'History of the specification', [history(results)])}
${section('repeat', 'How to repeat it', [howToRepeat(results)])}
${section('provenance', 'Where the numbers come from', [provenanceSection(results)])}
</main>
${footer(results, generatedAt)}`;
}

/** A section without content is left out, heading and all. */
function section(id: string, title: string, content: readonly (Html | null)[]): Html | null {
  if (content.every(part => part === null)) return null;
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
${content}
</section>`;
}

/** What the page's script draws, and the variables in place of the colours that the specifications name. */
function chartData(charts: readonly DrawnChart[]): Html {
  const specs = Object.fromEntries(charts.map(({ chart, spec }) => [chart.name, spec]));
  const columns = Object.fromEntries(charts.map(({ chart, columns: all }) => [chart.name, all.map(({ key }) => key)]));
  return scriptJson({ specs, columns, colours: colourVariables() });
}
