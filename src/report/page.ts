import { allCharts } from './chart-folder.ts';
import type { ChartPlace } from './charts/_chart.ts';
import type { ReportResults } from './costs.ts';
import { documentOf } from './document.ts';
import { type Html, html } from './html.ts';
import { folded, proseList, section } from './page-parts.ts';
import { armTable } from './sections/arms.ts';
import { cannotSay } from './sections/cannot-say.ts';
import { cellNotice, cellTable } from './sections/cells.ts';
import { claimTable } from './sections/claims.ts';
import { drawCharts, figures, type PlacedChart } from './sections/figures.ts';
import { HOW_TO_READ } from './sections/how-to-read.ts';
import { provenanceSection } from './sections/provenance.ts';
import { howToRepeat } from './sections/repeat.ts';
import { sampleImages } from './sections/sample-images.ts';
import { footer, header } from './sections/spec.ts';
import { verdictBox } from './sections/verdict.ts';
import { WIDE_STYLE } from './wide-style.ts';

/** The whole report as one file that needs no network. The same results give the same bytes. */
export async function renderReport(results: ReportResults): Promise<string> {
  const charts = drawCharts(await allCharts(), results);
  return documentOf(results.experiment.title, body(results, charts), charts, { style: WIDE_STYLE });
}

function body(results: ReportResults, charts: readonly PlacedChart[]): Html {
  const { experiment } = results;
  const at = (place: ChartPlace): Html | null => figures(charts.filter(({ chart }) => chart.place === place));
  return html`${header(results)}
<main>
${verdictBox(results)}
${cellNotice(results)}
${HOW_TO_READ}
${section('claims', results.verdicts.length > 0 ? 'Claims' : 'Seed by seed', [claimTable(results), at('claims')])}
${section('arms', 'Final figures', [armTable(results), at('arms')])}
${section('cannot-say', 'What these data do not say', [cannotSay(results)])}
${section('curves', 'Curves', [at('curves')])}
${section('cost', 'What an error costs', [at('cost')])}
${section('cells', 'Cells', [cellTable(results)])}
${folded('noise', 'Noise from run to run', [at('noise')])}
${section('test-set', 'Test images', [sampleImages(results), at('test-set')])}
${section('limits', results.selection ? 'What was compared' : 'What this form cannot show', [proseList(experiment.limits)])}
${folded('history', 'History of the specification', [proseList(experiment.history)])}
${section('repeat', 'How to repeat it', [howToRepeat(results)])}
${section('provenance', 'Where the numbers come from', [provenanceSection(results)])}
</main>
${footer(results)}`;
}
