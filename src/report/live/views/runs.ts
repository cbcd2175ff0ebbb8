/** All runs, page by page: filtered, ordered and counted by the store, so that ten thousand are no matter. */
import { formatAge } from '../../../core/duration.ts';
import { UserError } from '../../../core/errors.ts';
import { RUN_STATES, type RunState } from '../../../core/results.ts';
import { countRuns, type ListedRun, listCuratedRuns, type RunQuery } from '../../../tracking/queries.ts';
import type { Store } from '../../../tracking/store.ts';
import { type Html, html } from '../../html.ts';
import { metricOf } from '../../metrics.ts';
import { scrolled } from '../../page-parts.ts';
import type { Asked } from '../asked.ts';
import { figuresNow, figureText, LISTED_FIGURES } from '../figures-now.ts';
import { experimentPath, runPath } from '../paths.ts';
import { shortened, shortName } from '../shortened.ts';
import { progress, stateText, timeLeft } from '../states.ts';
import type { LiveView } from '../view.ts';

const PAGE_SIZE = 50;

interface Heading {
  title: string;
  /** A field of the query language. Without one, nobody can put the list in its order. */
  sort?: string;
  number?: true;
}

const HEADINGS: readonly Heading[] = [
  { title: 'Run', sort: 'id' },
  { title: 'Experiment', sort: 'experiment' },
  { title: 'Arm', sort: 'arm' },
  { title: 'Seed', sort: 'seed', number: true },
  { title: 'State', sort: 'state' },
  { title: 'Steps', sort: 'step' },
  { title: 'Left', number: true },
  ...LISTED_FIGURES.map((sort): Heading => ({ title: metricOf(sort).title, sort, number: true })),
  { title: 'Started', sort: 'started', number: true },
];

/** What the address asks for. */
interface ListQuery {
  where: string;
  state: RunState | '';
  sort: string;
  page: number;
}

export function runsView({ store, query, nowMs }: Asked): LiveView {
  const asked = listQuery(query);
  const found = find(store, asked);
  const parts =
    'problem' in found ? { list: html`<p class="notice">${found.problem}</p>` } : list(store, asked, found, nowMs);
  return {
    title: 'Runs',
    parts,
    layout: part => html`<header><h1>Runs</h1></header>
<main>${findForm(asked)}${part('list')}</main>`,
    concern: {},
    lively: 'runs' in found && found.runs.some(run => run.state === 'running'),
    ...('problem' in found && { status: 400 }),
  };
}

function listQuery(query: URLSearchParams): ListQuery {
  const state = RUN_STATES.find(one => one === query.get('state')) ?? '';
  const page = Math.max(1, Math.floor(Number(query.get('page') ?? 1)) || 1);
  return { where: query.get('where')?.trim() ?? '', state, sort: query.get('sort') || '-started', page };
}

type Found = { total: number; runs: ListedRun[] };

/** A wrong filter is the reader's to mend: what is wrong with it stands where the list would. */
function find(store: Store, { where, state, sort, page }: ListQuery): Found | { problem: string } {
  const chosen: RunQuery = { where: where || undefined, state: state || undefined };
  try {
    return store.read(() => ({
      total: countRuns(store, chosen),
      runs: listCuratedRuns(store, { ...chosen, sort, limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE }),
    }));
  } catch (error) {
    if (error instanceof UserError) return { problem: error.message };
    throw error;
  }
}

function findForm({ where, state, sort }: ListQuery): Html {
  const option = (value: string): Html =>
    html`<option value="${value}"${value === state && html` selected`}>${value || 'any'}</option>`;
  return html`<form class="find" role="search" aria-label="Runs" action="/runs">
<label>Filter <input type="search" name="where" value="${where}" placeholder="net = resnet-34 and test.top1 &lt; 0.1" spellcheck="false" autocomplete="off"></label>
<label>State <select name="state">${['', ...RUN_STATES].map(option)}</select></label>
<input type="hidden" name="sort" value="${sort}">
<button class="action">Show</button>
</form>`;
}

function list(store: Store, asked: ListQuery, { total, runs }: Found, nowMs: number): { list: Html } {
  if (runs.length === 0)
    return { list: html`<p class="soft">${total === 0 ? 'No such runs.' : 'There are not as many pages.'}</p>` };
  const table = html`<table class="runs">
<caption>${rangeText(asked.page, runs.length, total)}</caption>
<thead><tr>${HEADINGS.map(heading => headingCell(heading, asked))}</tr></thead>
<tbody>${runs.map(run => row(store, run, nowMs))}</tbody>
</table>`;
  return {
    list: html`${scrolled('Runs: table', table)}
${pages(asked, total)}`,
  };
}

function rangeText(page: number, count: number, total: number): string {
  const first = (page - 1) * PAGE_SIZE + 1;
  return `${first.toLocaleString('en')} to ${(first + count - 1).toLocaleString('en')} of ${total.toLocaleString('en')} ${total === 1 ? 'run' : 'runs'}`;
}

/** Its link puts the list in this order, and when it is in it, in the opposite one. */
function headingCell({ title, sort, number }: Heading, asked: ListQuery): Html {
  if (sort === undefined) return html`<th scope="col" class="${number && 'number'}">${title}</th>`;
  const order = asked.sort === sort ? 'ascending' : asked.sort === `-${sort}` ? 'descending' : null;
  const next = address({ ...asked, sort: order === 'ascending' ? `-${sort}` : sort, page: 1 });
  return html`<th scope="col" class="${number && 'number'}"${order && html` aria-sort="${order}"`}><a href="${next}">${title}</a></th>`;
}

function row(store: Store, run: ListedRun, nowMs: number): Html {
  const figures = figuresNow(store, run);
  const words = [run.starred && '★', ...run.tags, run.archived && '(archived)'].filter(Boolean).join(' ');
  return html`<tr>
<th scope="row"><a href="${runPath(run.id)}">${run.id}</a>${words !== '' && html`<br><small>${shortened(words)}</small>`}</th>
<td class="name"><a href="${experimentPath(run.experiment)}">${shortName(run.experiment)}</a> <small>${run.tier}</small></td>
<td class="name">${shortName(run.arm)}</td><td class="number">${run.seed}</td>
<td>${stateText(run.state)}${run.reason !== null && html`<br><small>${shortened(run.reason)}</small>`}</td>
<td>${progress(run)}</td><td class="number">${timeLeft([run], nowMs)}</td>
${LISTED_FIGURES.map(name => html`<td class="number">${figureText(name, figures[name])}</td>`)}
<td class="number">${run.startedAt === null ? '–' : `${formatAge(nowMs - run.startedAt)} ago`}</td>
</tr>`;
}

function pages(asked: ListQuery, total: number): Html | null {
  const last = Math.ceil(total / PAGE_SIZE);
  if (last <= 1) return null;
  const link = (page: number, text: string): Html =>
    page < 1 || page > last || page === asked.page
      ? html`<span class="soft">${text}</span>`
      : html`<a href="${address({ ...asked, page })}">${text}</a>`;
  return html`<nav class="pages" aria-label="Pages of the list">${link(1, 'First')} ${link(asked.page - 1, 'Previous')} <span>Page ${asked.page.toLocaleString('en')} of ${last.toLocaleString('en')}</span> ${link(asked.page + 1, 'Next')} ${link(last, 'Last')}</nav>`;
}

function address({ where, state, sort, page }: ListQuery): string {
  const query = new URLSearchParams({ ...(where && { where }), ...(state && { state }), sort, page: String(page) });
  return `/runs?${query}`;
}
