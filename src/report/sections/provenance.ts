import type { ExperimentResults, Provenance } from '../../core/results.ts';
import { formatNumber, seedsText } from '../../stats/index.ts';
import type { ReportResults } from '../costs.ts';
import { threadsText } from '../executed.ts';
import { type Html, html } from '../html.ts';
import { mixedSeedsOf } from '../mixed-machines.ts';
import { scrolled } from '../page-parts.ts';

/** As runs of other programs have it. */
type PartlyTold = { [Part in keyof Provenance]?: Partial<Provenance[Part]> };

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

/** Runs of another program tell of themselves what they know. */
function summary({ tensorflow, machine, execution, code, data }: PartlyTold): string {
  const { threads } = execution ?? {};
  const how = [
    tensorflow?.version && `TensorFlow ${tensorflow.version}`,
    execution?.precision,
    threads && threadsText(threads),
  ];
  const memory = machine?.memoryBytes && `${formatNumber(machine.memoryBytes / GIBIBYTE, 0)} GiB`;
  const size = joined([machine?.cores && `${machine.cores} processors`, memory]);
  const where = [machine?.cpu && `${machine.cpu}${size && ` (${size})`}`, machine?.os];
  const changes = code?.dirty ? ' with changes that are not committed' : '';
  const commit = code?.commit ? `commit ${String(code.commit).slice(0, 10)}${changes}` : 'no commit known';
  return `${[data?.dataset, joined(how), joined(where), commit].filter(Boolean).join('; ')}.`;
}

const joined = (parts: readonly (string | number | undefined)[]): string => parts.filter(Boolean).join(', ');

/** Also where runs were chosen by hand, without a claim that would say it. */
function mixedPairs({ runs, arms, machineTypes }: ReportResults): Html | null {
  const mixed = machineTypes === undefined ? [] : mixedSeedsOf(runs, machineTypes)(arms);
  if (mixed.length === 0) return null;
  return html`<p>Of ${seedsText(mixed)} the runs of the arms had machines of several types: such a pair differs in more than its arms.</p>`;
}

function differencesTable(differences: ExperimentResults['differences']): Html {
  if (differences.length === 0) return html`<p>All finished runs agree in everything that was recorded.</p>`;
  const table = html`<table class="compact"><caption>What the finished runs differ in, and each value that occurs.</caption>
<thead><tr><th scope="col">What</th><th scope="col">Values</th></tr></thead>
<tbody>${differences.map(({ what, values }) => html`<tr><th scope="row">${what}</th><td>${values.map(plain).join(' · ')}</td></tr>`)}</tbody>
</table>`;
  return html`<h3>Not the same in all runs</h3>
${scrolled('Differences between runs: table', table)}`;
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
