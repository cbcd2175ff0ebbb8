import { EXIT, UserError } from '../core/errors.ts';
import { plainText } from '../core/plain-text.ts';
import {
  experimentNames,
  type Field,
  findFields,
  groupRuns,
  type ListedRun,
  listCuratedRuns,
  type RunQuery,
} from '../tracking/queries.ts';
import { openRecordedStore } from '../tracking/recorded-store.ts';
import type { Store } from '../tracking/store.ts';
import { printJson } from './command.ts';
import { formatGroups } from './group-table.ts';
import { DEFAULT_FIGURES, formatRuns } from './run-table.ts';
import { wordsForNumbers } from './words-for-numbers.ts';

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
  const figures = figureNames(store, options);
  const runs: ListedRun[] = listCuratedRuns(store, options);
  if (options.json) printJson(wordsForNumbers(runs));
  else if (runs.length > 0) process.stdout.write(formatRuns(store, runs, { figures }));
  if (runs.length === 0) tellNothingFound(store, options);
  return EXIT.ok;
}

function listGroups(store: Store, options: ListOptions, by: string): number {
  const groups = groupRuns(store, options, by, figureNames(store, options));
  if (options.json) printJson(wordsForNumbers(groups));
  else if (groups.length > 0) process.stdout.write(formatGroups(groups));
  if (groups.length === 0) tellNothingFound(store, options);
  return EXIT.ok;
}

/** Those asked for must be figures that some run has; of the usual ones those that are there. */
function figureNames(store: Store, { figures, group }: ListOptions): string[] {
  if (figures === undefined) return group === undefined ? [...DEFAULT_FIGURES] : DEFAULT_FIGURES.filter(known(store));
  const fields = findFields(store, figures);
  const wrong = fields.find((field: Field) => field.kind !== 'metric');
  if (wrong === undefined) return fields.map(field => field.name.replace(/^metric\./, ''));
  throw new UserError(`--figures: expected final figures such as test.top1, got "${wrong.name}", which is none.`);
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
