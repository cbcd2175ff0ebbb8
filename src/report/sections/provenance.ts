import type { ExperimentResults, Provenance } from '../../core/results.ts';
import { formatNumber, seedsText } from '../../stats/index.ts';
import type { ReportResults } from '../costs.ts';
import { type Html, html } from '../html.ts';
import { mixedSeedsOf } from '../mixed-machines.ts';

const GIBIBYTE = 2 ** 30;

export function provenanceSection(results: ReportResults): Html | null {
  const { provenance, differences, otherExecutions = [] } = results;
  if (!provenance) return null;
  return html`<p>${summary(provenance)}</p>
${otherExecutions.length > 0 && html`<p>The experiment was also run otherwise, and those runs are not shown: ${otherExecutions.join('; ')}.</p>`}
${differencesTable(differences)}
${mixedPairs(results)}
<details><summary>All that was recorded, of one finished run</summary>${groupsOf(provenance).map(group)}</details>`;
}

function summary({ tensorflow, machine, execution, code, data }: Provenance): string {
  const threads = execution.threads === 1 ? 'one thread' : `${execution.threads} threads`;
  const changes = code.dirty ? ' with changes that are not committed' : '';
  const commit = code.commit ? `commit ${code.commit.slice(0, 10)}${changes}` : 'no commit known';
  const memory = `${formatNumber(machine.memoryBytes / GIBIBYTE, 0)} GiB`;
  return `${data.dataset}; TensorFlow ${tensorflow.version}, ${execution.precision}, ${threads} a cell; ${machine.cpu} (${machine.cores} processors, ${memory}), ${machine.os}; ${commit}.`;
}

/** Also where runs were chosen by hand, without a claim that would say it. */
function mixedPairs({ runs, arms, machineTypes }: ReportResults): Html | null {
  const mixed = machineTypes === undefined ? [] : mixedSeedsOf(runs, machineTypes)(arms);
  if (mixed.length === 0) return null;
  return html`<p>Of ${seedsText(mixed)} the runs of the arms had machines of several types: such a pair differs in more than its arms.</p>`;
}

function differencesTable(differences: ExperimentResults['differences']): Html {
  if (differences.length === 0) return html`<p>All finished runs agree in everything that was recorded.</p>`;
  return html`<h3>Not the same in all runs</h3>
<div class="scroll" tabindex="0" role="region" aria-label="Differences between runs: table"><table class="compact"><caption>What the finished runs differ in, and each value that occurs.</caption>
<thead><tr><th scope="col">What</th><th scope="col">Values</th></tr></thead>
<tbody>${differences.map(({ what, values }) => html`<tr><th scope="row">${what}</th><td>${values.map(plain).join(' · ')}</td></tr>`)}</tbody>
</table></div>`;
}

/** Groups grow without the page's knowing, so it prints what it finds; what stands alone comes last. */
function groupsOf(provenance: Provenance): [name: string, entries: [string, unknown][]][] {
  const all = Object.entries(provenance) as [string, unknown][];
  const groups = all
    .filter(([, value]) => isGroup(value))
    .map(([name, value]) => [name, Object.entries(value as object)] as [string, [string, unknown][]]);
  const single = all.filter(([, value]) => !isGroup(value));
  return single.length > 0 ? [...groups, ['other', single]] : groups;
}

const group = ([name, entries]: [string, [string, unknown][]]): Html =>
  html`<h3>${name}</h3><dl class="record">${entries.map(([key, value]) => html`<dt>${key}</dt><dd>${plain(value)}</dd>`)}</dl>`;

const isGroup = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function plain(value: unknown): string {
  if (Array.isArray(value)) return value.map(plain).join(' ') || '–';
  if (isGroup(value)) {
    const entries = Object.entries(value);
    return entries.map(([key, inner]) => `${key}=${plain(inner)}`).join(' ') || '–';
  }
  return value === null || value === '' ? '–' : String(value);
}
