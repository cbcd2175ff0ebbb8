/** An experiment while it runs: its cells, its curves, its last verdicts. */
import type { RunSummary } from '../../../core/results.ts';
import { lastVerdicts } from '../../../tracking/queries.ts';
import type { Store } from '../../../tracking/store.ts';
import { type Html, html } from '../../html.ts';
import { MARKS } from '../../outcomes.ts';
import { factList, scrolled, section } from '../../page-parts.ts';
import type { Asked } from '../asked.ts';
import { armsOf, liveCharts } from '../curves.ts';
import { cellsNow } from '../experiment-now.ts';
import { figuresNow, figureText } from '../figures-now.ts';
import { runPath } from '../paths.ts';
import { shortened } from '../shortened.ts';
import { progress, stateCounts, stateText, timeLeft } from '../states.ts';
import { chartSection, type LiveView, messageView } from '../view.ts';

/** Lines of one chart; those that run come first. */
const MOST_LINES = 200;
const SHOWN_METRIC = 'train.loss';

export function experimentView({ store, nowMs, zoom }: Asked, experiment: string): LiveView {
  const cells = cellsNow(store, experiment);
  const [newest] = cells;
  if (newest === undefined)
    return messageView('Nothing here', `No run of an experiment "${shortened(experiment)}" is recorded.`, 404);
  const charts = liveCharts(store, drawn(cells), zoom);
  return {
    title: shortened(experiment),
    parts: { head: head(cells, nowMs), verdict: verdicts(store, newest), cells: cellTable(store, cells) },
    layout: part => html`<header>
<p class="kicker">Experiment · ${newest.tier}</p>
<h1>${shortened(experiment)}</h1>
${part('head')}
</header>
<main>
${part('verdict')}
${chartSection(charts)}
${section('cells', 'Cells', [part('cells')])}
</main>`,
    charts,
    concern: { experiment },
    lively: cells.some(run => run.state === 'running' || run.state === 'pending'),
  };
}

function drawn(cells: readonly RunSummary[]): RunSummary[] {
  const first = [...cells].sort((a, b) => Number(b.state === 'running') - Number(a.state === 'running'));
  const chosen = new Set(first.slice(0, MOST_LINES));
  return cells.filter(run => chosen.has(run));
}

function head(cells: readonly RunSummary[], nowMs: number): Html {
  const states: Record<string, number> = {};
  for (const { state } of cells) states[state] = (states[state] ?? 0) + 1;
  const total = { step: sum(cells, 'step'), steps: cells.some(run => run.steps === 0) ? 0 : sum(cells, 'steps') };
  const left = timeLeft(cells, nowMs);
  return factList([
    ['Cells', stateCounts(states)],
    ['Steps', progress(total)],
    ...(left === '' ? [] : [['Time left, about', left] as const]),
  ]);
}

const sum = (cells: readonly RunSummary[], field: 'step' | 'steps'): number =>
  cells.reduce((total, run) => total + run[field], 0);

function verdicts(store: Store, { experiment, tier, specHash }: RunSummary): Html | null {
  const found = lastVerdicts(store, { experiment, tier, specHash });
  if (found.length === 0) return null;
  return html`<ul class="verdicts">${found.map(
    ({ outcome, sentence }) =>
      html`<li class="${outcome}"><span aria-hidden="true">${MARKS[outcome]}</span> ${sentence}</li>`,
  )}</ul>`;
}

/** Arms × seeds: how far each is, and its newest loss. */
function cellTable(store: Store, cells: readonly RunSummary[]): Html {
  const seeds = [...new Set(cells.map(run => run.seed))].sort((a, b) => a - b);
  const byCell = new Map(cells.map(run => [JSON.stringify([run.arm, run.seed]), run]));
  const at = (arm: string, seed: number): Html => {
    const run = byCell.get(JSON.stringify([arm, seed]));
    return run ? cell(run, figuresNow(store, run)[SHOWN_METRIC]) : html`<td>–</td>`;
  };
  return scrolled(
    'Cells: table',
    html`<table class="cells">
<caption>One run of each arm and seed, with its newest training loss. The state leads to the run.</caption>
<thead><tr><th scope="col">Arm</th>${seeds.map(seed => html`<th scope="col">Seed ${seed}</th>`)}</tr></thead>
<tbody>${armsOf(cells).map(arm => html`<tr><th scope="row">${shortened(arm)}</th>${seeds.map(seed => at(arm, seed))}</tr>`)}</tbody>
</table>`,
  );
}

function cell(run: RunSummary, loss: number | undefined): Html {
  const share = run.state === 'finished' || run.steps === 0 ? '' : `${Math.floor((100 * run.step) / run.steps)} %`;
  const figures = [loss === undefined ? '' : figureText(SHOWN_METRIC, loss), share]
    .filter(text => text !== '')
    .join(' · ');
  return html`<td><a href="${runPath(run.id)}">${stateText(run.state)}</a><br><small>${figures}</small></td>`;
}
