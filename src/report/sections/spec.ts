/** What the experiment's file says: question, source, limits, history. */
import type { ExperimentResults } from '../../core/results.ts';
import { type Html, html } from '../html.ts';

export function header({ experiment, tier, seeds }: ExperimentResults): Html {
  const about = experiment.tiers[tier]?.about;
  const count = `${seeds.length} ${seeds.length === 1 ? 'seed' : 'seeds'} an arm`;
  return html`<header>
<p class="kicker">${experiment.id} · ${tier} tier · ${count}</p>
<h1>${experiment.title}</h1>
<p class="question">${experiment.question}</p>
<p class="source">After ${experiment.source}.${about && ` Tier ${tier}: ${about}.`}</p>
</header>`;
}

export function limits({ experiment }: ExperimentResults): Html | null {
  return list(experiment.limits);
}

/** When margins were set, and what changed since: a claim is worth what its record is. */
export function history({ experiment }: ExperimentResults): Html | null {
  return list(experiment.history);
}

const list = (lines: readonly string[]): Html | null =>
  lines.length === 0 ? null : html`<ul class="prose">${lines.map(line => html`<li>${line}</li>`)}</ul>`;

export function footer({ specHash }: ExperimentResults, generatedAt: Date): Html {
  const written = generatedAt.toISOString();
  return html`<footer><p>Written by convbench, <time datetime="${written}">${written.slice(0, 16).replace('T', ' ')} UTC</time>. Specification <code>${specHash.slice(0, 12)}</code>. This page is one file and asks no network for anything.</p></footer>`;
}
