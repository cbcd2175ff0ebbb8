import type { ClaimVerdict, ExperimentResults } from '../../core/results.ts';
import { seedsText } from '../../stats/index.ts';
import { type Html, html } from '../html.ts';
import { MARKS, WORDS } from '../outcomes.ts';
import { factList } from '../page-parts.ts';
import { effectText, intervalText, marginText, pText } from './claim-text.ts';

/** The experiment's own verdict: that of its first claim. */
export function verdictBox(results: ExperimentResults): Html | null {
  const [verdict] = results.verdicts;
  if (!verdict) return null;
  const { claim, outcome } = verdict;
  return html`<section class="verdict ${outcome}" aria-label="Verdict">
<p class="statement"><strong><span class="mark" aria-hidden="true">${MARKS[outcome]}</span> ${WORDS[outcome]}:</strong> ${claim.statement}.</p>
${figuresOf(verdict)}
${verdict.mixed && html`<p>Runs of one pair had machines of several types: ${seedsText(verdict.mixed)}.</p>`}
${outcome === 'inconclusive' && html`<p>${whyNot(verdict)}. ${whatWouldDecide(verdict, results)}</p>`}
</section>`;
}

function figuresOf(verdict: ClaimVerdict): Html | null {
  if (verdict.seeds.length === 0) return null;
  return factList([
    ['Effect', effectText(verdict)],
    [`${Math.round(100 * verdict.level)} % interval`, intervalText(verdict)],
    ['Margin', marginText(verdict)],
    ['Sign-flip p', pText(verdict)],
    ['Seeds', String(verdict.seeds.length)],
  ]);
}

function whyNot({ because }: ClaimVerdict): string {
  const text = because ?? 'the data do not decide';
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A way out for each obstacle: a longer tier, the missing cells, more seeds, or none. */
function whatWouldDecide({ seeds: complete, seedsNeeded }: ClaimVerdict, results: ExperimentResults): Html {
  const { experiment, tier, seeds } = results;
  const run = (options: string): Html => html`<code class="command">npx bench run ${experiment.id} ${options}</code>`;
  if (experiment.tiers[tier]?.decides === false) return decidingTier(results, run);
  if (complete.length < seeds.length)
    return html`What would decide it: the missing cells. This runs only those that have not finished: ${run(`--tier ${tier}`)}`;
  if (seedsNeeded !== null && seedsNeeded > seeds.length)
    return html`What would decide it: about ${seedsNeeded} seeds, if they spread as these do. ${run(`--tier ${tier} --seeds ${seedsNeeded}`)}`;
  return html`What would decide it: more seeds, or a longer tier. The spread seen here does not tell how many.`;
}

function decidingTier({ experiment }: ExperimentResults, run: (options: string) => Html): Html {
  const [name] = Object.entries(experiment.tiers).find(([, tier]) => tier.decides) ?? [];
  return name
    ? html`What would decide it: the ${name} tier. ${run(`--tier ${name}`)}`
    : html`No tier of this experiment decides.`;
}
