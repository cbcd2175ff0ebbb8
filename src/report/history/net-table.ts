import type { PublishedError } from '../../core/net.ts';
import { type Html, html } from '../html.ts';
import { MARKS } from '../outcomes.ts';
import { scrolled, sorter } from '../page-parts.ts';
import { countWords } from './count-words.ts';
import type { HistoryNet, NetExperiment } from './published.ts';
import type { Bibliography } from './works.ts';

/** "✓ confirmed, …" */
const VERDICTS = Object.entries(MARKS)
  .map(([verdict, mark]) => `${mark} ${verdict}`)
  .join(', ');

interface SortedColumn {
  title: string;
  number?: boolean;
  /** What a reader sees, and what rows are sorted by. */
  cell(net: HistoryNet): Html | string;
  value(net: HistoryNet): string | number | null;
}

/** All nets of the registry; a click on a column's head sorts by it. */
export function netTable(nets: readonly HistoryNet[], bibliography: Bibliography): Html {
  const columns = columnsFor(bibliography);
  return scrolled(
    'All nets: table',
    html`<table class="nets" data-sortable>
<caption>${nets.length} nets in their papers’ forms. Top-5: the error on ILSVRC as the source measured it. Layers, parameters and multiply-accumulates (MACs, of one image) are our counts: bench nets lists them, bench nets show NET says how they come about. ${drawingWords(nets)} Before an experiment stands its verdict: ${VERDICTS}.</caption>
<thead><tr>${columns.map(head)}</tr></thead>
<tbody>${nets.map(net => row(net, columns))}</tbody>
</table>`,
  );
}

/** "[3]", a link to the list of sources. */
export const numberLink = (number: number): Html => html`<a href="#source-${number}">[${number}]</a>`;

function columnsFor(bibliography: Bibliography): SortedColumn[] {
  const count = (key: 'depth' | 'parameters' | 'macs' | 'year', title: string): SortedColumn => ({
    title,
    number: true,
    cell: net => (key === 'parameters' || key === 'macs' ? countWords(net[key]) : String(net[key])),
    value: net => net[key],
  });
  return [
    { title: 'Net', cell: nameCell, value: net => net.name },
    { title: 'Family', cell: net => net.family, value: net => net.family },
    count('year', 'Year'),
    count('depth', 'Layers'),
    count('parameters', 'Parameters'),
    count('macs', 'MACs'),
    { title: 'Top-5, %', number: true, cell: errorText, value: ({ top5 }) => top5?.error ?? null },
    { title: 'Measured', cell: ({ top5 }) => kindText(top5), value: ({ top5 }) => kindText(top5) },
    { title: 'Source', cell: net => sourceCell(net, bibliography), value: net => net.source },
    { title: 'Experiments', cell: experimentCell, value: ({ experiments }) => experiments.length || null },
  ];
}

const head = ({ title, number }: SortedColumn): Html =>
  html`<th scope="col" class="${number && 'number'}">${sorter(title)}</th>`;

function row(net: HistoryNet, [name, ...others]: readonly SortedColumn[]): Html {
  return html`<tr id="net-${net.name}"><th scope="row" data-value="${net.name}">${name?.cell(net)}</th>${others.map(({ number, cell, value }) => html`<td class="${number && 'number'}" data-value="${value(net)}">${cell(net)}</td>`)}</tr>`;
}

const nameCell = ({ name, drawing }: HistoryNet): Html =>
  drawing === null ? html`${name}` : html`<a href="${drawing}">${name}</a>`;

/** As many digits as were published: one or two. */
const errorText = ({ top5 }: HistoryNet): string => (top5 ? (100 * top5.error).toFixed(2).replace(/0$/, '') : '–');

function kindText(top5: PublishedError | null): string {
  if (!top5) return '';
  const models = top5.models === 1 ? 'one net' : `${top5.models} nets`;
  return `${models}, ${top5.set}${top5.extraData ? ', extra data' : ''}`;
}

/** Of the net, and of its error where that stands elsewhere or at a place that is told. */
function sourceCell({ source, top5 }: HistoryNet, bibliography: Bibliography): Html {
  const own = numberLink(bibliography.cite(source).number);
  if (!top5) return own;
  const error = bibliography.cite(top5.source);
  const same = error.number === bibliography.cite(source).number;
  return html`${own}${same ? '' : html`, error ${numberLink(error.number)}`}${error.place && ` ${error.place}`}`;
}

function experimentCell({ experiments }: HistoryNet): Html | string {
  return experiments.length === 0
    ? '–'
    : html`${experiments.map((one, i) => html`${i > 0 && ', '}${experimentText(one)}`)}`;
}

const experimentText = ({ id, title, verdict }: NetExperiment): Html =>
  html`<span title="${title}: ${verdict ?? 'no record'}">${verdict && `${MARKS[verdict]}\u00a0`}${id}</span>`;

function drawingWords(nets: readonly HistoryNet[]): string {
  const drawn = nets.filter(({ drawing }) => drawing !== null).length;
  if (drawn === nets.length) return 'A name leads to the net’s drawing.';
  return `bench nets draw NET draws one${drawn > 0 ? '; a name that is a link leads to its drawing' : ''}.`;
}
