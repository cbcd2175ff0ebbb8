import { loadFolder } from '../core/folder.ts';
import type { ExperimentResults } from '../core/results.ts';
import type { ChartDefinition, ChartPlace } from './charts/_chart.ts';
import { documentOf } from './document.ts';
import { type Html, html } from './html.ts';
import { armTable } from './sections/arms.ts';
import { cellTable } from './sections/cells.ts';
import { claimTable } from './sections/claims.ts';
import { drawCharts, figures, type PlacedChart } from './sections/figures.ts';
import { HOW_TO_READ } from './sections/how-to-read.ts';
import { provenanceSection } from './sections/provenance.ts';
import { howToRepeat } from './sections/repeat.ts';
import { sampleImages } from './sections/sample-images.ts';
import { footer, header, history, limits } from './sections/spec.ts';
import { verdictBox } from './sections/verdict.ts';

/** The whole report as one file that needs no network. */
export async function renderReport(results: ExperimentResults, options: { generatedAt?: Date } = {}): Promise<string> {
  const folder = await loadFolder<ChartDefinition>(new URL('./charts/', import.meta.url));
  const charts = drawCharts(
    folder.map(entry => entry.value),
    results,
  );
  return documentOf(results.experiment.title, body(results, charts, options.generatedAt ?? new Date()), charts);
}

function body(results: ExperimentResults, charts: readonly PlacedChart[], generatedAt: Date): Html {
  const at = (place: ChartPlace): Html | null => figures(charts.filter(({ chart }) => chart.place === place));
  return html`${header(results)}
<main>
${verdictBox(results)}
${HOW_TO_READ}
${section('claims', 'Claims', [claimTable(results), at('claims')])}
${section('arms', 'Final figures', [armTable(results), at('arms')])}
${section('cells', 'Cells', [cellTable(results)])}
${section('curves', 'Curves', [at('curves')])}
${section('test-set', 'Test images', [sampleImages(results), at('test-set')])}
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
