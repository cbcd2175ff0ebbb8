import type { ReportResults } from '../costs.ts';
import { type Html, html } from '../html.ts';

/** The commands that lead to these numbers from a clone. */
export function howToRepeat(results: ReportResults): Html {
  const { provenance, runs, selection } = results;
  const commit = provenance?.code?.commit;
  const run = runs.find(one => one.state === 'finished')?.id ?? 'RUN';
  const lines = selection
    ? [`npx bench compare ${selection.map(quoted).join(' ')}   # writes this page again`]
    : [
        ...(commit ? [`git checkout ${commit}`] : []),
        `node setup.mjs ${commandOf(results)}   # sets up what is missing, then runs`,
        `npx bench verify ${run}   # repeats one run and compares every value`,
      ];
  return html`${provenance?.code?.dirty && html`<p><strong>The code had changes that no commit holds</strong>, so a checkout of its commit does not give the same code.</p>`}
<pre tabindex="0">${lines.join('\n')}</pre>
<p class="soft">The same code, data, seed, threads and precision give the same bits on the same kind of processor. On another kind the runs drift apart, and differ as those of another seed do.</p>`;
}

/** As it was given, without what stands before the command's name; overrides of the spec are part of it. */
function commandOf({ experiment, tier, provenance }: ReportResults): string {
  const given = String(provenance?.command ?? '').match(/\brun .*$/)?.[0];
  return given ?? `run ${experiment.id} --tier ${tier}`;
}

const quoted = (word: string): string => (/^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
