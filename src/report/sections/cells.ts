import type { ExperimentResults, RunSummary } from '../../core/results.ts';
import { digitsFor, formatNumber, inUnit } from '../../stats/index.ts';
import { type Html, html } from '../html.ts';
import { claimedMetric, type Metric } from '../metrics.ts';
import { scrolled } from '../page-parts.ts';

/** On top of the page, if not all is there: what is missing must not be overlooked. */
export function cellNotice({ arms, seeds, runs }: ExperimentResults): Html | null {
  const planned = arms.length * seeds.length;
  const ended = runs.filter(run => run.state === 'finished').length;
  const going = runs.filter(run => run.state === 'running' || run.state === 'pending').length;
  const bad = runs.length - ended - going;
  const counts = [
    [bad, 'failed or broke off'],
    [going, going === 1 ? 'is under way' : 'are under way'],
    [planned - runs.length, planned - runs.length === 1 ? 'is missing' : 'are missing'],
  ] as const;
  const words = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  if (words.length === 0) return null;
  return html`<p class="notice">! Of ${planned} cells ${words.join(', ')}. Figures are of the finished ones; what became of the others stands under <a href="#cells">Cells</a>.</p>`;
}

/** Arms × seeds: what became of each cell. Whatever is not finished is in plain sight. */
export function cellTable(results: ExperimentResults): Html {
  const { arms, seeds, runs } = results;
  const metric = claimedMetric(results);
  const planned = arms.length * seeds.length;
  const finished = runs.filter(run => run.state === 'finished').length;
  const at = (arm: string, seed: number) => runs.find(run => run.arm === arm && run.seed === seed);
  const row = (arm: string): Html =>
    html`<tr><th scope="row">${arm}</th>${seeds.map(seed => cell(at(arm, seed), metric))}</tr>`;
  const table = html`<table class="cells">
<caption>${finished} of ${planned} cells finished. A finished cell shows its final ${metric.title.toLowerCase()}, ${metric.unit}.</caption>
<thead><tr><th scope="col">Arm</th>${seeds.map(seed => html`<th scope="col" class="number">Seed ${seed}</th>`)}</tr></thead>
<tbody>${arms.map(row)}</tbody>
</table>`;
  return html`${scrolled('Cells: table', table)}
${unfinished(runs)}`;
}

function cell(run: RunSummary | undefined, { name, unit }: Metric): Html {
  if (!run) return html`<td class="number bad">! missing</td>`;
  if (run.state === 'running' || run.state === 'pending') return html`<td class="number open">… ${run.state}</td>`;
  if (run.state !== 'finished') return html`<td class="number bad">! ${run.state}</td>`;
  const value = inUnit(run.metrics[name] ?? Number.NaN, unit);
  return html`<td class="number" title="run ${run.id}">${formatNumber(value, digitsFor(value / 10))}</td>`;
}

function unfinished(runs: readonly RunSummary[]): Html | null {
  const others = runs.filter(run => run.state !== 'finished');
  if (others.length === 0) return null;
  return html`<ul>${others.map(run => html`<li>${run.arm}, seed ${run.seed}: <strong>${run.state}</strong> at step ${run.step} of ${run.steps}${run.reason && `: ${run.reason}`} <small>(run ${run.id})</small></li>`)}</ul>`;
}
