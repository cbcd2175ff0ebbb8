import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { EXIT, UserError } from '../core/errors.ts';
import { loadFolder } from '../core/folder.ts';
import type { ExperimentResults } from '../core/results.ts';
import type { ChartDefinition } from './chart.ts';
import { type Html, html, raw } from './html.ts';
import { SCRIPT } from './script.ts';
import { HOW_TO_READ, history, howToRepeat, limits, provenanceSection } from './sections/background.ts';
import { type DrawnChart, drawCharts, figure } from './sections/figures.ts';
import { armTable, cellTable } from './sections/tables.ts';
import { claimTable, verdictBox, whatWouldDecide } from './sections/verdict.ts';
import { STYLE } from './style.ts';

/** Nothing may be fetched, so nothing can leak. Vega compiles its expressions, which needs eval; all code is our own page's. */
const POLICY =
  "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:";
const LIBRARIES = ['vega/build/vega.min.js', 'vega-lite/build/vega-lite.min.js', 'vega-embed/build/vega-embed.min.js'];

/** The whole report as one file that needs no network. */
export async function renderReport(results: ExperimentResults, options: { generatedAt?: Date } = {}): Promise<string> {
  const folder = await loadFolder<ChartDefinition>(new URL('./charts/', import.meta.url));
  const charts = drawCharts(
    folder.map(entry => entry.value),
    results,
  );
  const { title } = results.experiment;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${raw(POLICY)}">
<title>${title}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
${body(results, charts, options.generatedAt ?? new Date())}
<script type="application/json" id="charts">${chartData(charts)}</script>
${LIBRARIES.map(name => html`<script>${raw(library(name))}</script>`)}
<script>${raw(SCRIPT)}</script>
</body>
</html>
`.text;
}

function body(results: ExperimentResults, charts: readonly DrawnChart[], generatedAt: Date): Html {
  const { experiment, tier, seeds } = results;
  const effects = charts.filter(({ chart }) => chart.name === 'effects');
  const others = charts.filter(({ chart }) => chart.name !== 'effects');
  return html`<header>
  <h1>${experiment.title}</h1>
  <p>${experiment.question}</p>
  <p><small>${experiment.id}, tier ${tier} (${experiment.tiers[tier]?.about}), ${seeds.length} ${seeds.length === 1 ? 'seed' : 'seeds'}. ${experiment.source}. Written ${generatedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC.</small></p>
</header>
<main>
${verdictBox(results)}
${whatWouldDecide(results)}
${HOW_TO_READ}
<h2>Claims</h2>
${claimTable(results)}
${effects.map(figure)}
<h2>Final figures</h2>
${armTable(results)}
<h2>Cells</h2>
${cellTable(results)}
<h2>Curves</h2>
<div class="figures">${others.map(figure)}</div>
<h2>What this cannot show</h2>
${limits(results)}
${history(results)}
<h2>How to repeat it</h2>
${howToRepeat(results)}
<h2>Where the numbers come from</h2>
${provenanceSection(results)}
</main>`;
}

/** JSON inside a script element: no character of it may end the element. */
function chartData(charts: readonly DrawnChart[]): Html {
  const data = Object.fromEntries(charts.map(({ chart, spec, rows }) => [chart.name, { spec, rows }]));
  return raw(JSON.stringify(data).replaceAll('<', '\\u003c'));
}

/** The packages' exports do not name these files, so they are looked for where Node looks for packages. */
function library(name: string): string {
  const folders = createRequire(import.meta.url).resolve.paths(name) ?? [];
  const path = folders.map(folder => join(folder, name)).find(existsSync);
  if (path === undefined) throw new UserError(`${name}: not installed. Run "npm ci".`, { exitCode: EXIT.noData });
  return readFileSync(path, 'utf8');
}
