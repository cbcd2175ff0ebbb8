/** The first page: what runs now, and every experiment that has runs. */
import type { RunSummary } from '../../../core/results.ts';
import { groupRuns, listRuns, type RunGroup } from '../../../tracking/queries.ts';
import type { Store } from '../../../tracking/store.ts';
import { type Html, html } from '../../html.ts';
import { metricOf } from '../../metrics.ts';
import { scrolled, section } from '../../page-parts.ts';
import type { Asked } from '../asked.ts';
import { figuresNow, figureText, LISTED_FIGURES } from '../figures-now.ts';
import { experimentPath, runPath } from '../paths.ts';
import { shortened, shortName } from '../shortened.ts';
import { progress, stateCounts, stateText, timeLeft } from '../states.ts';
import type { LiveView } from '../view.ts';

const MOST_RUNNING = 50;
const MOST_EXPERIMENTS = 500;

export function experimentsView({ store, nowMs }: Asked): LiveView {
  const running = listRuns(store, { state: 'running', limit: MOST_RUNNING });
  const groups = groupRuns(store, {}, 'experiment,tier', []);
  return {
    title: 'Experiments',
    parts: { running: runningTable(store, running, nowMs), experiments: experimentTable(groups) },
    layout: part => html`<header><h1>Experiments</h1></header>
<main>
${section('running', 'Running now', [part('running')])}
${section('all', 'All experiments', [part('experiments')])}
</main>`,
    concern: {},
    lively: running.length > 0,
  };
}

function runningTable(store: Store, runs: readonly RunSummary[], nowMs: number): Html {
  if (runs.length === 0)
    return html`<p class="soft">Nothing. <code>bench run EXPERIMENT</code> starts an experiment; it appears here by itself.</p>`;
  return scrolled(
    'Running: table',
    html`<table>
<caption>${runs.length === MOST_RUNNING ? `The newest ${MOST_RUNNING}` : `${runs.length}`} ${runs.length === 1 ? 'run' : 'runs'}</caption>
<thead><tr><th scope="col">Experiment</th><th scope="col">Arm</th><th scope="col">State</th><th scope="col">Steps</th><th scope="col" class="number">Left</th>${LISTED_FIGURES.map(name => html`<th scope="col" class="number">${metricOf(name).title}</th>`)}</tr></thead>
<tbody>${runs.map(run => runningRow(store, run, nowMs))}</tbody>
</table>`,
  );
}

function runningRow(store: Store, run: RunSummary, nowMs: number): Html {
  const figures = figuresNow(store, run);
  return html`<tr>
<th scope="row"><a href="${experimentPath(run.experiment)}">${shortened(run.experiment)}</a></th>
<td class="name"><a href="${runPath(run.id)}">${shortName(run.arm)} seed ${run.seed}</a></td>
<td>${stateText(run.state)}</td><td>${progress(run)}</td><td class="number">${timeLeft([run], nowMs)}</td>
${LISTED_FIGURES.map(name => html`<td class="number">${figureText(name, figures[name])}</td>`)}
</tr>`;
}

function experimentTable(groups: readonly RunGroup[]): Html {
  if (groups.length === 0) return html`<p class="soft">No runs yet.</p>`;
  const shown = groups.slice(0, MOST_EXPERIMENTS);
  const more = groups.length - shown.length;
  return scrolled(
    'Experiments: table',
    html`<table>
<caption>Runs of each experiment and tier, repeated ones too${more > 0 && `; ${more} more are found under Runs`}</caption>
<thead><tr><th scope="col">Experiment</th><th scope="col">Tier</th><th scope="col" class="number">Runs</th><th scope="col">States</th></tr></thead>
<tbody>${shown.map(experimentRow)}</tbody>
</table>`,
  );
}

function experimentRow({ by, runs, states }: RunGroup): Html {
  const experiment = String(by.experiment);
  const list = `/runs?${new URLSearchParams({ where: `experiment = ${JSON.stringify(experiment)}` })}`;
  return html`<tr>
<th scope="row"><a href="${experimentPath(experiment)}">${shortened(experiment)}</a></th>
<td>${by.tier}</td>
<td class="number"><a href="${list}" aria-label="${runs} runs of ${shortened(experiment)}">${runs.toLocaleString('en')}</a></td>
<td>${stateCounts(states)}</td>
</tr>`;
}
