import { join } from 'node:path';
import { EXIT, UserError } from '../core/errors.ts';
import type { Cell } from '../core/experiment.ts';
import type { Json } from '../core/ids.ts';
import type { EndState } from '../core/journal.ts';
import { runFiles } from '../core/places.ts';
import type { Provenance, RunSummary } from '../core/results.ts';
import { type Artifact, recordedArtifacts } from './artifacts.ts';
import { type Curation, curationsOf } from './curation.ts';
import { provenanceOf } from './provenance.ts';
import { type RunRow, runFolders, selectRuns } from './run-rows.ts';
import { summaries } from './runs.ts';
import type { Store } from './store.ts';

export interface AttemptSummary {
  attempt: number;
  pid: number;
  host: string;
  fromStep: number;
  step: number;
  startedAt: number;
  lastEventAt: number;
  /** Null while it runs, or if it said nothing before it was gone. */
  endState: EndState | null;
  reason: string | null;
}

export interface RunDetail extends RunSummary, Curation {
  cell: Cell;
  /** The configuration by dotted name. */
  params: Record<string, Json>;
  attemptList: AttemptSummary[];
  artifacts: Artifact[];
  /** Of the last attempt that stated it. */
  provenance: Provenance | null;
  /** Where its folder was found: more than one if it was copied. */
  folders: string[];
  logs: string[];
}

/** The run whose id begins with `idPrefix`. Throws one line if there is none or more than one. */
export function findRun(store: Store, idPrefix: string): RunSummary {
  return store.read(() => summaries(store, [findRow(store, idPrefix)])[0] as RunSummary);
}

/** All that is known of one run, its curves apart. */
export function runDetail(store: Store, idPrefix: string): RunDetail {
  return store.read(() => {
    const summary = findRun(store, idPrefix);
    const { key } = findRow(store, summary.id);
    const folders = runFolders(store, key);
    return {
      ...summary,
      ...(curationsOf(store, [summary.id])[0] as Curation),
      cell: cellOf(store, key),
      params: paramsOf(store, key),
      attemptList: attemptsOf(store, key),
      artifacts: recordedArtifacts(store, key),
      provenance: provenanceOf(store, [summary.id]).get(summary.id) ?? null,
      folders,
      logs: folders.map(folder => join(folder, runFiles.log)),
    };
  });
}

function findRow(store: Store, idPrefix: string): RunRow {
  // Not LIKE: its wildcards would match what nobody typed.
  const rows = selectRuns(store, 'substr(runs.id, 1, length(?)) = ?', [idPrefix, idPrefix]);
  const row = rows.find(candidate => candidate.id === idPrefix) ?? rows[0];
  if (row === undefined || idPrefix === '') throw unknownRun(idPrefix);
  if (rows.length > 1 && row.id !== idPrefix) throw ambiguousRun(idPrefix, rows);
  return row;
}

function cellOf(store: Store, run: number): Cell {
  const sql = 'SELECT cell FROM cells WHERE key = (SELECT cell FROM runs WHERE key = ?)';
  return JSON.parse(store.prepare<string>(sql, 'pluck').get(run) as string) as Cell;
}

function paramsOf(store: Store, run: number): Record<string, Json> {
  const sql = 'SELECT name, value FROM params WHERE cell = (SELECT cell FROM runs WHERE key = ?) ORDER BY name';
  const rows = store.prepare<[string, string]>(sql, 'raw').all(run);
  return Object.fromEntries(rows.map(([name, value]) => [name, JSON.parse(value) as Json]));
}

function attemptsOf(store: Store, run: number): AttemptSummary[] {
  const sql = `SELECT attempt, pid, host, from_step AS fromStep, step, started_at AS startedAt,
    last_event_at AS lastEventAt, end_state AS endState, reason FROM attempts WHERE run = ? ORDER BY attempt`;
  return store.prepare<AttemptSummary>(sql).all(run);
}

const unknownRun = (prefix: string): UserError =>
  new UserError(`no run whose id begins with "${prefix}". \`bench list\` shows the ids.`, { exitCode: EXIT.usage });

function ambiguousRun(prefix: string, rows: readonly RunRow[]): UserError {
  const ids = rows.slice(0, 5).map(row => row.id);
  const more = rows.length > ids.length ? `, … (${rows.length} in all)` : '';
  return new UserError(`"${prefix}" begins the ids of several runs: ${ids.join(', ')}${more}. Type more of it.`);
}
