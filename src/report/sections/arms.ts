import type { ExperimentResults } from '../../core/results.ts';
import { formatNumber } from '../../stats/index.ts';
import { type Html, html } from '../html.ts';
import { digitsOf, type Figure, figuresOf, finishedRuns, type Metric, metricsOf } from '../metrics.ts';

/** Arms × metrics: the mean of the seeds with its 95 % interval. */
export function armTable(results: ExperimentResults): Html | null {
  const columns = metricsOf(results).map(metric => ({ metric, figures: figuresOf(results, metric) }));
  if (columns.length === 0) return null;
  const last = results.experiment.base.lastSteps;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Final figures: table"><table class="arms">
<caption>Mean of the finished seeds, below it the 95 % interval of the mean. Training figures are means over the last steps of a run (${last} unless the tier says otherwise), test figures those after the last step.</caption>
<thead><tr><th scope="col">Arm</th><th scope="col" class="number">Seeds</th>${columns.map(({ metric }) => heading(metric))}</tr></thead>
<tbody>${results.arms.map((arm, i) => html`<tr><th scope="row">${arm}</th><td class="number">${finishedRuns(results, arm).length}</td>${columns.map(({ figures }) => armCell(figures[i], digitsOf(figures)))}</tr>`)}</tbody>
</table></div>`;
}

const heading = ({ title, unit }: Metric): Html =>
  html`<th scope="col" class="number">${title}<br><small>${unit}</small></th>`;

/** All figures of a column have the same digits, so that they can be compared at a glance. */
function armCell(figure: Figure | undefined, digits: number): Html {
  if (figure === undefined || figure.values.length === 0) return html`<td class="number">–</td>`;
  const { mean, interval } = figure;
  const range = interval?.map(bound => formatNumber(bound, digits)).join(' to ');
  return html`<td class="number">${formatNumber(mean, digits)}<br><small>${range ?? 'one seed'}</small></td>`;
}
