/** A page as one file that needs no network: its content, the libraries that draw its charts, and their data. */
import { rowsIn, type Spec } from './charts/_chart.ts';
import { Html, html, scriptJson, scriptText } from './html.ts';
import { readLibraries } from './libraries.ts';
import { packRows } from './packed-rows.ts';
import { colourVariables } from './palette.ts';
import { policyFor } from './policy.ts';
import { SCRIPT } from './script.ts';
import type { DrawnChart } from './sections/figures.ts';
import { STYLE } from './style.ts';

/** What one kind of page has beside the common looks and the common script. */
interface PageParts {
  style?: string;
  script?: string;
  /** It is served, and may ask its server and send it forms. */
  talksHome?: boolean;
}

export function documentOf(
  title: string,
  content: Html,
  charts: readonly DrawnChart[],
  { style = '', script = '', talksHome = false }: PageParts = {},
): string {
  const scripts = [...(charts.length > 0 ? readLibraries() : []), SCRIPT, script].filter(Boolean).map(scriptText);
  const data = html`<script type="application/json" id="charts">${chartData(charts)}</script>`;
  return wholePage(title, html`${content}\n${data}`, style, scripts, talksHome);
}

/** A page on which nothing runs. */
export function plainDocument(title: string, content: Html, style: string): string {
  return wholePage(title, content, style, []);
}

function wholePage(title: string, content: Html, style: string, scripts: readonly Html[], talksHome = false): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${policyFor(scripts, talksHome)}">
<title>${title}</title>
<style>${new Html(STYLE + style)}</style>
</head>
<body>
${content}
${scripts.map(script => html`<script>${script}</script>\n`)}</body>
</html>
`.text;
}

/** What the page's script draws, and the variables in place of the colours that the specifications name. */
function chartData(charts: readonly DrawnChart[]): Html {
  const specs = Object.fromEntries(charts.map(({ chart, spec }) => [chart.name, withoutRows(spec)]));
  const rows = Object.fromEntries(charts.map(({ chart, spec }) => [chart.name, packRows(rowsIn(spec))]));
  return scriptJson({ specs, rows, colours: colourVariables() });
}

const withoutRows = ({ data: _, ...spec }: Spec): Spec => spec;
