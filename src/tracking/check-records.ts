/** What the store's own rows and the names of folders tell, without reading a journal. */
import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { runFiles } from '../core/places.ts';
import { nameProblem } from '../core/safe-path.ts';
import type { Finding } from './check.ts';
import { namesIn } from './folder-files.ts';
import type { Store } from './store.ts';

export interface FoundRun {
  key: number;
  id: string;
  identity: string | null;
  folder: string | null;
  /** Whether one of its folders has its journal. */
  hasJournal: boolean;
}

const UNDECLARED: readonly [table: string, sql: string, parent: string][] = [
  [
    'point_values',
    `SELECT count(*) FROM (SELECT DISTINCT at >> 24 AS stretch FROM point_values)
      WHERE stretch NOT IN (SELECT key FROM stretches)`,
    'stretches',
  ],
  [
    'point_blocks',
    `SELECT count(*) FROM (SELECT DISTINCT run, metric FROM point_blocks)
      WHERE run NOT IN (SELECT key FROM runs) OR metric NOT IN (SELECT key FROM metric_names)`,
    'runs or metric_names',
  ],
];

/** `point_values` and `point_blocks` have no declared keys, for speed. */
export function brokenReferences(store: Store): Finding[] {
  const declared = store.prepare<[string, number, string]>(
    'SELECT "table", count(*), parent FROM pragma_foreign_key_check GROUP BY "table", parent',
    'raw',
  );
  const undeclared = UNDECLARED.map(([table, sql, parent]): [string, number, string] => {
    return [table, store.prepare<number>(sql, 'pluck').get() ?? 0, parent];
  });
  return [...declared.all(), ...undeclared]
    .filter(([, rows]) => rows > 0)
    .map(([table, rows, parent]) => ({
      kind: 'reference',
      fault: true,
      subject: table,
      problem: `${rows} rows without their parent in ${parent}`,
    }));
}

export function orphans(store: Store, storePath: string, runsDir: string): Finding[] {
  const note = (subject: string, problem: string): Finding => ({ kind: 'orphan', fault: false, subject, problem });
  const runs = foundRuns(store, storePath);
  const known = new Set(runs.map(run => run.id));
  const gone = runs.filter(run => run.folder === null && run.identity !== null);
  const silent = runs.filter(run => run.folder !== null && !run.hasJournal);
  const unsafe = runs.filter(run => nameProblem(run.id) !== null);
  const stray = namesIn(runsDir).filter(name => !known.has(name) && !isRunFolder(join(runsDir, name)));
  return [
    ...gone.map(({ id }) => note(id, 'its folder is gone: what is recorded is all that is left of it')),
    ...silent.map(({ id, folder }) => ({
      kind: 'journal' as const,
      fault: true,
      subject: join(folder as string, runFiles.journal),
      problem: `it is gone: of run ${id} what is recorded is all that is left`,
    })),
    ...unsafe.map(({ id }) => ({ ...note(JSON.stringify(id), 'no run can have this id'), fault: true })),
    ...stray.map(name => note(join(runsDir, name), 'no folder of a run')),
  ];
}

export function foundRuns(store: Store, storePath: string): FoundRun[] {
  const sql = `SELECT runs.key, runs.id, cells.identity, json_group_array(journals.folder) AS folder FROM runs
    LEFT JOIN cells ON cells.key = runs.cell LEFT JOIN journals ON journals.run = runs.key GROUP BY runs.key ORDER BY id`;
  return store
    .prepare<Omit<FoundRun, 'hasJournal'> & { folder: string }>(sql)
    .all()
    .map(run => {
      const folders = (JSON.parse(run.folder) as (string | null)[]).filter(folder => folder !== null);
      const found = folders.map(folder => resolve(dirname(storePath), folder)).filter(folder => existsSync(folder));
      const withJournal = found.find(folder => existsSync(join(folder, runFiles.journal)));
      return { ...run, folder: withJournal ?? found[0] ?? null, hasJournal: withJournal !== undefined };
    });
}

export function countsOf(store: Store): { runs: number; points: number } {
  const count = (table: string): number => store.prepare<number>(`SELECT count(*) FROM ${table}`, 'pluck').get() ?? 0;
  return store.read(() => ({ runs: count('runs'), points: count('point_values') }));
}

/** What SQLite itself finds wrong with the file first; null: nothing. */
export function firstDamage(store: Store): string | null {
  const found = store.read(() => store.prepare<string>('PRAGMA integrity_check(1)', 'pluck').get());
  return found === 'ok' ? null : (found ?? 'nothing');
}

/** What others on this machine may read. A user may have wanted it so. */
export function notPrivate(storePath: string): Finding[] {
  const open = (statSync(dirname(storePath)).mode & 0o077) !== 0 && (statSync(storePath).mode & 0o044) !== 0;
  const problem = 'other users of this machine may read it; `chmod 700` of its folder prevents that';
  return open ? [{ kind: 'private', fault: false, subject: storePath, problem }] : [];
}

const isRunFolder = (path: string): boolean =>
  existsSync(join(path, runFiles.spec)) || existsSync(join(path, runFiles.journal));
