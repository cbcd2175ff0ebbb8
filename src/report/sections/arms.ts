import { formatNumber } from '../../stats/index.ts';
import type { ArmCost, ReportResults } from '../costs.ts';
import { type Html, html } from '../html.ts';
import { digitsOf, type Figure, figuresOf, finishedRuns, type Metric, metricsOf, speedNote } from '../metrics.ts';
import { scrolled, sorter } from '../page-parts.ts';

/** Arms × metrics: the mean of the seeds with its 95 % interval. */
export function armTable(results: ReportResults): Html | null {
  const columns = metricsOf(results).map(metric => ({ metric, figures: figuresOf(results, metric) }));
  if (columns.length === 0) return null;
  const table = html`<table class="arms" data-sortable>
<caption>Mean of the finished seeds, below it the 95 % interval of the mean. Training figures are means over the last steps of a run, test figures those after the last step. ${speedNote(results)} A heading sorts by its column.</caption>
<thead><tr><th scope="col">${sorter('Arm')}</th><th scope="col" class="number">${sorter('Seeds')}</th>${columns.map(({ metric }) => heading(metric))}</tr></thead>
<tbody>${results.arms.map((arm, i) => html`<tr><th scope="row">${arm}</th><td class="number">${finishedRuns(results, arm).length}</td>${columns.map(({ figures }) => armCell(figures[i], digitsOf(figures)))}</tr>`)}</tbody>
</table>`;
  return html`${scrolled('Final figures: table', table)}
${results.costs?.map(cost => matchedNote(cost, results.costs ?? []))}`;
}

/** Of an arm that is as large as another by what the plan has solved. */
function matchedNote({ arm, matched, ...counts }: ArmCost, all: readonly ArmCost[]): Html | null {
  const model = all.find(cost => cost.arm === matched?.arm);
  if (matched === undefined || model === undefined) return null;
  const { option, value, count } = matched;
  const [own, other] = [counts[count], model[count]].map(number => number.toLocaleString('en-US'));
  return html`<p>${arm} is as large as ${model.arm}: with the ${option} of ${String(value)} that was solved for it, it has ${own} ${COUNT_WORDS[count]} to ${other}.</p>`;
}

const COUNT_WORDS = { parameters: 'parameters', macs: 'multiply-accumulates' };

const heading = ({ title, unit }: Metric): Html =>
  html`<th scope="col" class="number">${sorter(title)}<br><small>${unit}</small></th>`;

/** All figures of a column have the same digits, so that they can be compared at a glance. */
function armCell(figure: Figure | undefined, digits: number): Html {
  if (figure === undefined || figure.values.length === 0) return html`<td class="number">–</td>`;
  const { mean, interval } = figure;
  const range = interval?.map(bound => formatNumber(bound, digits)).join(' to ');
  return html`<td class="number" data-value="${String(mean)}">${formatNumber(mean, digits)}<br><small>${range ?? 'one seed'}</small></td>`;
}
