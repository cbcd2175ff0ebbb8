import type { ExperimentResults, RunSummary } from '../../core/results.ts';
import { digitsFor, formatNumber, mean, meanInterval } from '../../stats/index.ts';
import { finalValues } from '../charts/_arms.ts';
import { type Html, html } from '../html.ts';

interface Column {
  metric: string;
  title: string;
  scale: number;
}

const COLUMNS: readonly Column[] = [
  { metric: 'train.loss', title: 'Training loss', scale: 1 },
  { metric: 'train.top1', title: 'Training error %', scale: 100 },
  { metric: 'test.loss', title: 'Test loss', scale: 1 },
  { metric: 'test.top1', title: 'Test top-1 %', scale: 100 },
  { metric: 'test.top5', title: 'Test top-5 %', scale: 100 },
  { metric: 'imagesPerSecond', title: 'Images/s', scale: 1 },
];

/** Arms × metrics: the mean of the seeds with its 95 % interval. */
export function armTable(results: ExperimentResults): Html {
  return html`<div class="scroll"><table>
    <caption>Means over the finished seeds, with their 95 % intervals. Training figures are means over the last steps.</caption>
    <thead><tr><th scope="col">Arm</th>${COLUMNS.map(column => html`<th scope="col" class="number">${column.title}</th>`)}<th scope="col" class="number">Seeds</th></tr></thead>
    <tbody>${results.arms.map(arm => armRow(results, arm))}</tbody>
  </table></div>`;
}

function armRow(results: ExperimentResults, arm: string): Html {
  const seeds = results.runs.filter(run => run.arm === arm && run.state === 'finished').length;
  return html`<tr><th scope="row">${arm}</th>${COLUMNS.map(column => armCell(results, arm, column))}<td class="number">${seeds}</td></tr>`;
}

function armCell(results: ExperimentResults, arm: string, { metric, scale }: Column): Html {
  const values = finalValues(results, metric)
    .filter(({ run }) => run.arm === arm)
    .map(({ value }) => scale * value);
  if (values.length === 0) return html`<td class="number">–</td>`;
  const interval = meanInterval(values, 0.95);
  const digits = digitsFor(interval ? interval[1] - interval[0] : 0);
  const range = interval && `${formatNumber(interval[0], digits)} to ${formatNumber(interval[1], digits)}`;
  return html`<td class="number">${formatNumber(mean(values), digits)}<br><small>${range}</small></td>`;
}

/** Arms × seeds: what became of each cell. Whatever is not finished is in plain sight. */
export function cellTable({ arms, seeds, runs }: ExperimentResults): Html {
  const bad = runs.filter(run => run.state !== 'finished');
  return html`<div class="scroll"><table>
    <caption>Every planned cell: its final training loss, or what became of it.</caption>
    <thead><tr><th scope="col">Arm</th>${seeds.map(seed => html`<th scope="col" class="number">Seed ${seed}</th>`)}</tr></thead>
    <tbody>${arms.map(arm => html`<tr><th scope="row">${arm}</th>${seeds.map(seed => cell(runs.find(run => run.arm === arm && run.seed === seed)))}</tr>`)}</tbody>
  </table></div>
  ${bad.length > 0 && html`<ul>${bad.map(run => html`<li>${run.arm}, seed ${run.seed}: <span class="cell-bad">${run.state}</span> at step ${run.step} of ${run.steps}${run.reason && `: ${run.reason}`} <small>(run ${run.id})</small></li>`)}</ul>`}`;
}

function cell(run: RunSummary | undefined): Html {
  if (!run) return html`<td class="number cell-bad">missing</td>`;
  if (run.state !== 'finished') return html`<td class="number cell-bad">${run.state}</td>`;
  return html`<td class="number cell-finished" title="run ${run.id}">${formatNumber(run.metrics['train.loss'] ?? Number.NaN, 3)}</td>`;
}
