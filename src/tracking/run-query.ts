/** Which runs a list, a group or a command means: chosen and put in order in SQL, so that ten thousand are no matter. */
import type { RunState } from '../core/results.ts';
import type { RunTier } from '../core/tracked-cell.ts';
import { type Field, findField, findFields } from './fields.ts';
import { compileFilter } from './filter-sql.ts';
import { type Fragment, fragment, joined } from './fragment.ts';
import { LAST_ATTEMPT, selectRuns, summarise } from './run-rows.ts';
import type { Store } from './store.ts';

export interface RunQuery {
  experiment?: string | undefined;
  tier?: RunTier | undefined;
  arm?: string | undefined;
  state?: RunState | undefined;
  /** In the language of `filter.ts`. */
  where?: string | undefined;
  /** Names of fields with commas between them; a minus before one turns it round. Default: `-started`, newest first. */
  sort?: string | undefined;
  limit?: number | undefined;
  /** So many are passed over first. */
  offset?: number | undefined;
  /** What was archived or deleted: left out, or not. A `where` that names the field decides by itself. Default: `shown` and `hidden`. */
  archived?: 'shown' | 'hidden' | undefined;
  deleted?: 'shown' | 'hidden' | undefined;
}

/** SQLite takes the tables in this order, so that the order of `runs_started` saves a sort. */
const FROM = `FROM runs CROSS JOIN cells ON cells.key = runs.cell
  LEFT JOIN curation AS said ON said.run = runs.id`;
const NEWEST_FIRST = 'runs.started_at DESC, runs.key DESC';

/** Keys of the runs in their order. Throws one line on a wrong filter or an unknown field. */
export function runKeys(store: Store, query: RunQuery): number[] {
  return store.read(() => selectFields(store, query, [fragment('runs.key')]).map(row => row[0] as number));
}

/** Rows of the given fields, in order. What runs is found out only if the query asks for states. */
export function selectFields(store: Store, query: RunQuery, columns: readonly Fragment[]): unknown[][] {
  const where = condition(store, query);
  const order = orderBy(store, query.sort);
  const parts = [...columns, where, order];
  const uses = (table: string): boolean => parts.some(part => part.sql.includes(table));
  // To count ten thousand runs, looking for the last attempt of each takes most of the time.
  const from = uses('last.') ? `${FROM} ${LAST_ATTEMPT}` : FROM;
  const body = `SELECT ${columns.map(column => column.sql).join(', ')} ${from}`;
  const states = uses('live.') ? liveStates(store) : null;
  const sql = `${states === null ? body : `${states.sql} ${body} LEFT JOIN live ON live.run = runs.key`}
    WHERE ${where.sql} ORDER BY ${order.sql} LIMIT ? OFFSET ?`;
  const values = [
    ...(states?.values ?? []),
    ...parts.flatMap(part => part.values),
    query.limit ?? -1,
    query.offset ?? 0,
  ];
  return store.prepare<unknown[]>(sql, 'raw').all(...values);
}

/** Runs whose journal states no end may have one all the same: each is looked at now. */
function liveStates(store: Store): Fragment {
  const open = `last.end_state IS NULL AND runs.key IN
    (SELECT run FROM attempts WHERE end_state IS NULL UNION SELECT key FROM runs WHERE started_at IS NULL)`;
  const states = selectRuns(store, open, []).map(row => [row.key, summarise(store, row).state]);
  const sql = 'WITH live(run, state) AS MATERIALIZED (SELECT value ->> 0, value ->> 1 FROM json_each(?))';
  return fragment(sql, JSON.stringify(states));
}

function condition(store: Store, query: RunQuery): Fragment {
  const { experiment, tier, arm, state, where, archived, deleted } = query;
  const filter = where === undefined ? null : compileFilter(store, where);
  const hides = (field: string, choice: string): boolean => choice === 'hidden' && !filter?.fields.has(field);
  const equal = { 'cells.experiment': experiment, 'cells.tier': tier, 'cells.arm': arm };
  const given = Object.entries(equal).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return joined(
    [
      fragment('TRUE'),
      ...given.map(([column, value]) => fragment(`${column} = ?`, value)),
      ...(state === undefined ? [] : [fragment(`${findField(store, 'state').sql.sql} = ?`, state)]),
      ...(hides('deleted', deleted ?? 'hidden') ? [fragment('said.deleted_at IS NULL')] : []),
      ...(hides('archived', archived ?? 'shown') ? [fragment('coalesce(said.archived, 0) = 0')] : []),
      ...(filter === null ? [] : [filter.sql]),
    ],
    'AND',
  );
}

/** Runs that lack the field come last either way; among equals the newest is first. */
function orderBy(store: Store, sort: string | undefined): Fragment {
  if (sort === undefined) return fragment(NEWEST_FIRST);
  const terms = sort.split(',').map(term => orderTerm(store, term.trim()));
  return {
    sql: [...terms.map(term => term.sql), NEWEST_FIRST].join(', '),
    values: terms.flatMap(term => term.values),
  };
}

function orderTerm(store: Store, term: string): Fragment {
  const down = term.startsWith('-');
  const [{ kind, sql }] = findFields(store, down ? term.slice(1) : term) as [Field];
  const value = kind === 'tags' ? `(SELECT group_concat(tag) FROM (${sql.sql} ORDER BY tag))` : sql.sql;
  return fragment(`${value} ${down ? 'DESC' : 'ASC'} NULLS LAST`, ...sql.values);
}
