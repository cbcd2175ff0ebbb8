/** The top and the foot of a report. */
import type { ReportResults } from '../costs.ts';
import { executedText } from '../executed.ts';
import { type Html, html } from '../html.ts';

export function header(results: ReportResults): Html {
  const { experiment, tier } = results;
  const about = experiment.tiers[tier]?.about;
  return html`<header>
<p class="kicker">${kicker(results)}</p>
<h1>${experiment.title}</h1>
${experiment.question && html`<p class="question">${experiment.question}</p>`}
${experiment.source && html`<p class="source">After ${experiment.source}.${about && ` Tier ${tier}: ${about}.`}</p>`}
</header>`;
}

function kicker({ experiment, tier, seeds, selection, executed }: ReportResults): string {
  const count = `${seeds.length} ${seeds.length === 1 ? 'seed' : 'seeds'} an arm`;
  const parts = selection
    ? ['a selection of runs', count]
    : [experiment.id, `${tier} tier`, count, ...(executed ? [executedText(executed)] : [])];
  return parts.join(' · ');
}

/** Says nothing of when the page was made: the same store gives the same page. */
export function footer({ specHash, selection }: ReportResults): Html {
  const spec = selection ? null : html` Specification <code>${specHash.slice(0, 12)}</code>.`;
  return html`<footer><p>Written by convbench.${spec} This page is one file and asks no network for anything.</p></footer>`;
}
