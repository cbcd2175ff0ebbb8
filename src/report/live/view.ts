/** A page that changes while one looks at it: sent whole once, afterwards only what it shows now. */
import { plainLines } from '../../core/plain-text.ts';
import { documentOf } from '../document.ts';
import { type Html, html } from '../html.ts';
import { packRows } from '../packed-rows.ts';
import { section } from '../page-parts.ts';
import { dataTable, figures } from '../sections/figures.ts';
import type { LiveChart } from './curve-chart.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

/** Whose news a page shows: of one run, of an experiment's runs, or of all. */
export interface Concern {
  run?: string | undefined;
  experiment?: string | undefined;
}

export interface LiveView {
  title: string;
  /** What may change, each in a place of its own. */
  parts: Readonly<Record<string, Html | null>>;
  /** All that lies around the parts. */
  layout(part: (name: string) => Html): Html;
  charts?: readonly LiveChart[];
  concern: Concern;
  /** Something runs: time passes on the page even if nobody writes. */
  lively: boolean;
  /** Of the answer; 200 if not given. */
  status?: number;
}

export function renderView(view: LiveView): string {
  const { title, layout, concern, lively, charts = [] } = view;
  const events = new URLSearchParams(Object.entries(concern).filter(([, value]) => value !== undefined));
  const content = html`<div id="live" data-title="${title}" data-events="/events?${String(events)}" data-lively="${String(lively)}">
<nav aria-label="Pages"><a href="/">Experiments</a><a href="/runs">Runs</a><span id="connection" role="status"></span></nav>
${layout(name => html`<div id="part-${name}">${view.parts[name]}</div>`)}
</div>`;
  return documentOf(title, content, charts, { style: STYLE, script: SCRIPT, talksHome: true });
}

/** The same page as data: the page's own script puts it in the old one's place. */
export function currentView({ title, parts, charts = [], lively }: LiveView): string {
  const shown = Object.entries(parts).map(([name, part]) => [name, html`${part}`.text]);
  const drawn = charts.map(chart => {
    const { description, signals, labels, tableRows, columns } = chart;
    const table = dataTable(chart.chart.title, columns, tableRows).text;
    return [chart.chart.name, { rows: packRows(chart.rows), labels, signals, description, about: chart.about, table }];
  });
  // As the page has it: a title that never equals its own would have the page loaded again and again.
  return JSON.stringify({
    title: plainLines(title),
    lively,
    parts: Object.fromEntries(shown),
    charts: Object.fromEntries(drawn),
  });
}

/** The charts' place. They change by themselves: as a part they would be drawn anew. */
export const chartSection = (charts: readonly LiveChart[]): Html | null =>
  section('curves', 'Curves', [figures(charts)]);

/** Nothing to look at but a sentence. */
export function messageView(title: string, message: string, status: number): LiveView {
  return {
    title,
    parts: {},
    layout: () => html`<main><h1>${title}</h1><p class="notice">${message}</p></main>`,
    concern: {},
    lively: false,
    status,
  };
}
