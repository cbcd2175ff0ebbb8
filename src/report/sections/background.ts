/** All that stands behind the numbers: limits, history, provenance, how to repeat them, how to read them. */
import type { ExperimentResults } from '../../core/results.ts';
import { type Html, html } from '../html.ts';

export function limits({ experiment }: ExperimentResults): Html {
  return html`<ul>${experiment.limits.map(limit => html`<li>${limit}</li>`)}</ul>`;
}

export function history({ experiment }: ExperimentResults): Html | null {
  if (experiment.history.length === 0) return null;
  return html`<h3>How this spec came about</h3><ul>${experiment.history.map(line => html`<li>${line}</li>`)}</ul>`;
}

export function howToRepeat({ experiment, tier, provenance, specHash }: ExperimentResults): Html {
  const command = provenance?.command ?? `npx bench run ${experiment.id} --tier ${tier}`;
  return html`<pre>${provenance?.code.commit && `git checkout ${provenance.code.commit}\n`}npm start -- --tier ${tier}    # or, after set-up: ${command}
npx bench verify RUN         # repeats one run and compares every value</pre>
  <p class="soft">Spec ${specHash.slice(0, 12)}. The same code, data, seed, threads and precision give the same bits on the same kind of processor.</p>`;
}

export function provenanceSection({ provenance, differences }: ExperimentResults): Html | null {
  if (!provenance) return null;
  const groups = Object.entries(provenance).filter(
    (entry): entry is [string, object] => typeof entry[1] === 'object' && entry[1] !== null,
  );
  return html`<p>${summary(provenance)}</p>
  ${differences.length > 0 && html`<h3>Not the same in all runs</h3><dl>${differences.map(({ what, values }) => html`<dt>${what}</dt><dd>${values.map(plain).join(' · ')}</dd>`)}</dl>`}
  <details><summary>Everything that was recorded</summary>${groups.map(([name, group]) => html`<h3>${name}</h3><dl>${Object.entries(group).map(([key, value]) => html`<dt>${key}</dt><dd>${plain(value)}</dd>`)}</dl>`)}</details>`;
}

function summary({ tensorflow, machine, execution, code }: NonNullable<ExperimentResults['provenance']>): string {
  const threads = execution.threads === 1 ? 'one thread' : `${execution.threads} threads`;
  const commit = code.commit
    ? `commit ${code.commit.slice(0, 10)}${code.dirty ? ' with uncommitted changes' : ''}`
    : 'no git checkout';
  return `TensorFlow ${tensorflow.version}, ${execution.precision}, ${threads} a cell, on ${machine.cpu} (${machine.cores} processors, ${machine.os}); ${commit}.`;
}

function plain(value: unknown): string {
  if (value === null || value === '') return '–';
  if (Array.isArray(value)) return value.map(plain).join(' ') || '–';
  if (typeof value === 'object')
    return (
      Object.entries(value as object)
        .map(([key, inner]) => `${key}=${plain(inner)}`)
        .join(' ') || '–'
    );
  return String(value);
}

export const HOW_TO_READ: Html = html`<details><summary>How to read this page</summary>
  <p>An <em>arm</em> is one way to build and train the net; a <em>seed</em> fixes all chance in a run: first weights, order of the images. Arms that share a seed start alike and see the same images in the same order, so their difference is compared seed by seed. That difference is the <em>effect</em>.</p>
  <p>The <em>interval</em> is where the true effect plausibly lies, given how much the seeds disagree: in 95 of 100 such experiments it holds the truth. The <em>margin</em> is the smallest effect that would matter, fixed before the first run. A claim is <em>confirmed</em> if the whole interval lies beyond its margin, <em>refuted</em> if the whole interval falls short of it, and <em>inconclusive</em> otherwise: then the data do not say. A claim that two arms do not differ (<em>equivalence</em>) is confirmed if the whole interval lies between minus and plus the margin.</p>
  <p><em>p</em> is the share of all ways to flip the signs of the seeds' effects that give a mean as far from 0. With five seeds it cannot be below 0.0625; verdicts rest on the interval.</p>
  </details>`;
