/** One run: how far it is, its curves, the end of its log, what it is made of; and, where that is allowed, its switch. */
import { formatAge, formatDuration } from '../../../core/duration.ts';
import { UserError } from '../../../core/errors.ts';
import { type AttemptSummary, type RunDetail, runDetail } from '../../../tracking/queries.ts';
import { type Html, html } from '../../html.ts';
import { metricOf } from '../../metrics.ts';
import { factList, folded, scrolled, section } from '../../page-parts.ts';
import type { Asked } from '../asked.ts';
import { canResume, canStop } from '../control.ts';
import { liveCharts } from '../curves.ts';
import { figureInUnit, figuresNow } from '../figures-now.ts';
import { logTail } from '../log-tail.ts';
import { experimentPath, runPath } from '../paths.ts';
import { shortened } from '../shortened.ts';
import { progress, stateText, timeLeft } from '../states.ts';
import { chartSection, type LiveView, messageView } from '../view.ts';

export function runView({ store, nowMs, zoom, formToken }: Asked, id: string): LiveView {
  const run = runNamed(store, id);
  if (run === null) return messageView('Nothing here', `No run "${shortened(id)}" is recorded.`, 404);
  const charts = liveCharts(store, [run], zoom);
  return {
    title: `${shortened(run.arm)} seed ${run.seed}`,
    parts: {
      head: head(run, nowMs),
      switch: formToken === null ? null : switches(run, formToken),
      figures: figureTable(figuresNow(store, run)),
      log: log(run),
      attempts: attemptTable(run.attemptList),
    },
    layout: part => html`<header>
<p class="kicker"><a href="${experimentPath(run.experiment)}">${shortened(run.experiment)}</a> · ${run.tier} · run ${run.id}</p>
<h1>${shortened(run.arm)}, seed ${run.seed}</h1>
${part('head')}${part('switch')}
</header>
<main>
${chartSection(charts)}
${section('figures', 'Figures', [part('figures')])}
${section('log', 'Log', [part('log')])}
${section('attempts', 'Attempts', [part('attempts')])}
${folded('configuration', 'Configuration', [configuration(run)])}
</main>`,
    charts,
    concern: { run: run.id },
    lively: run.state === 'running' || run.state === 'pending',
  };
}

function runNamed(store: Asked['store'], id: string): RunDetail | null {
  try {
    return runDetail(store, id);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

function head(run: RunDetail, nowMs: number): Html {
  const left = timeLeft([run], nowMs);
  const took = run.startedAt === null || run.endedAt === null ? null : formatDuration(run.endedAt - run.startedAt);
  const facts = factList([
    ['State', stateText(run.state)],
    ['Steps', progress(run)],
    ...(left === '' ? [] : [['Time left, about', left] as const]),
    ...(run.startedAt === null ? [] : [['Started', `${formatAge(nowMs - run.startedAt)} ago`] as const]),
    ...(took === null ? [] : [['Took', took] as const]),
  ]);
  return html`${facts}
${run.reason !== null && html`<p class="notice">${run.reason}</p>`}`;
}

function switches(run: RunDetail, formToken: string): Html | null {
  const form = (action: string, label: string, about: string): Html =>
    html`<form method="post" action="${runPath(run.id)}/${action}"><input type="hidden" name="token" value="${formToken}"><button class="action" id="${action}">${label}</button> <span class="soft">${about}</span></form>`;
  if (canStop(run)) return form('stop', 'Stop', 'at its next step, with a checkpoint');
  return canResume(run) ? form('resume', 'Resume', 'from its last good checkpoint') : null;
}

function figureTable(figures: Record<string, number>): Html {
  const names = Object.keys(figures);
  if (names.length === 0) return html`<p class="soft">None yet.</p>`;
  return scrolled(
    'Figures: table',
    html`<table class="compact">
<caption>Final ones, or until then the newest of each curve</caption>
<thead><tr><th scope="col">Metric</th><th scope="col" class="number">Value</th></tr></thead>
<tbody>${names.map(name => html`<tr><th scope="row">${shortened(metricOf(name).title)}</th><td class="number">${figureInUnit(name, figures[name])}</td></tr>`)}</tbody>
</table>`,
  );
}

function log({ logs }: RunDetail): Html {
  const text = logTail(logs);
  if (text === null) return html`<p class="soft">There is none here.</p>`;
  if (text.trim() === '') return html`<p class="soft">It is empty.</p>`;
  return html`<pre class="log" tabindex="0" role="region" aria-label="End of the log">${text}</pre>`;
}

function attemptTable(attempts: readonly AttemptSummary[]): Html {
  if (attempts.length === 0) return html`<p class="soft">It has not begun.</p>`;
  return scrolled(
    'Attempts: table',
    html`<table class="compact">
<caption>Each begins at the step to which it could go back</caption>
<thead><tr><th scope="col" class="number">Attempt</th><th scope="col" class="number">From step</th><th scope="col" class="number">To step</th><th scope="col">End</th><th scope="col" class="number">Took</th><th scope="col">Process</th></tr></thead>
<tbody>${attempts.map(attemptRow)}</tbody>
</table>`,
  );
}

function attemptRow({
  attempt,
  fromStep,
  step,
  endState,
  reason,
  startedAt,
  lastEventAt,
  pid,
  host,
}: AttemptSummary): Html {
  const end = [endState ?? 'no end yet', ...(reason === null ? [] : [shortened(reason)])].join(': ');
  return html`<tr><th scope="row" class="number">${attempt}</th><td class="number">${fromStep.toLocaleString('en')}</td><td class="number">${step.toLocaleString('en')}</td><td>${end}</td><td class="number">${formatDuration(lastEventAt - startedAt)}</td><td>${pid} on ${shortened(host)}</td></tr>`;
}

function configuration({ params }: RunDetail): Html {
  const lines = Object.entries(params).map(
    ([name, value]) => html`<dt>${name}</dt><dd>${typeof value === 'string' ? value : JSON.stringify(value)}</dd>`,
  );
  return html`<dl class="record">${lines}</dl>`;
}
