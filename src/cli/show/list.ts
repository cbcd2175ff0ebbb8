import { EXIT, UserError } from '../../core/errors.ts';
import { plainText } from '../../core/plain-text.ts';
import {
  experimentNames,
  type Field,
  findFields,
  groupRuns,
  type ListedRun,
  listCuratedRuns,
  type RunQuery,
} from '../../tracking/queries.ts';
import { openRecordedStore } from '../../tracking/recorded-store.ts';
import type { Store } from '../../tracking/store.ts';
import { printJson, wordsForNumbers } from '../output/json.ts';
import { formatGroups } from './group-table.ts';
import { DEFAULT_FIGURES, formatRuns } from './run-table.ts';

export interface ListOptions extends RunQuery {
  group?: string | undefined;
  /** Names of final figures with commas between them. */
  figures?: string | undefined;
  json?: boolean | undefined;
}

export function listCommand(options: ListOptions): number {
  const store = openRecordedStore();
  try {
    if (store === null || experimentNames(store).length === 0) return nothingYet(options);
    return options.group === undefined ? list(store, options) : listGroups(store, options, options.group);
  } finally {
    store?.close();
  }
}

function list(store: Store, options: ListOptions): number {
  const runs: ListedRun[] = listCuratedRuns(store, options);
  const figures = askedFigures(store, options) ?? usualFigures(store, runs);
  if (options.json) printJson(wordsForNumbers(runs));
  else if (runs.length > 0) process.stdout.write(formatRuns(store, runs, { figures }));
  if (runs.length === 0) tellNothingFound(store, options);
  return EXIT.ok;
}

function listGroups(store: Store, options: ListOptions, by: string): number {
  const figures = askedFigures(store, options) ?? DEFAULT_FIGURES.filter(known(store));
  const groups = groupRuns(store, options, by, figures);
  if (options.json) printJson(wordsForNumbers(groups));
  else if (groups.length > 0) process.stdout.write(formatGroups(groups));
  if (groups.length === 0) tellNothingFound(store, options);
  return EXIT.ok;
}

/** They must be figures that some run has. */
function askedFigures(store: Store, { figures }: ListOptions): string[] | undefined {
  if (figures === undefined) return undefined;
  const fields = findFields(store, figures);
  const wrong = fields.find((field: Field) => field.kind !== 'metric');
  if (wrong === undefined) return fields.map(field => field.name.replace(/^metric\./, ''));
  throw new UserError(`--figures: expected final figures such as test.top1, got "${wrong.name}", which is none.`);
}

/** Loops of others have figures of other names: then the first of theirs. */
function usualFigures(store: Store, runs: readonly ListedRun[]): readonly string[] {
  const theirs = [...new Set(runs.flatMap(run => Object.keys(run.metrics)))].filter(
    name => !name.startsWith('system.'),
  );
  if (theirs.length === 0 || DEFAULT_FIGURES.some(known(store))) return DEFAULT_FIGURES;
  return theirs.sort().slice(0, DEFAULT_FIGURES.length);
}

function known(store: Store): (name: string) => boolean {
  const sql = 'SELECT count(*) FROM metric_names WHERE name = ?';
  return name => store.read(() => store.prepare<number>(sql, 'pluck').get(name)) === 1;
}

function nothingYet({ json }: ListOptions): number {
  if (json) printJson([]);
  process.stderr.write('no runs yet: `bench run EXPERIMENT` makes some.\n');
  return EXIT.ok;
}

function tellNothingFound(store: Store, { state, where }: ListOptions): void {
  const asked = [state && `state asked for: ${state}`, where && `filter: ${where}`].filter(Boolean);
  const names = `Experiments with runs: ${experimentNames(store).join(', ')}`;
  process.stderr.write(`${plainText([`no such runs. ${names}`, ...asked].join('; '))}.\n`);
}
