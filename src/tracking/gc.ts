/** What can go for good: deleted runs, artifacts that nothing refers to, checkpoints beyond the disk budget. */
import { rmSync, type Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describeError, EXIT, UserError } from '../core/errors.ts';
import { curate, deletedRuns } from './curation.ts';
import { deletePoints } from './curve-points.ts';
import { entriesOf, filesIn, isCheckpoint, statOf } from './folder-files.ts';
import { runKeys } from './run-query.ts';
import { rowsOf, runFolders, runKey, summarise } from './run-rows.ts';
import type { Store } from './store.ts';

export interface GcOptions {
  runsDir: string;
  artifactsDir: string;
  /** Checkpoints of finished runs go, those of the oldest runs first, until all checkpoints take no more. Default: 20 GB. */
  checkpointBudgetBytes?: number | undefined;
}

export interface GcPlan {
  /** Deleted runs with their folders; `bytes` is what no other folder shares. */
  runs: { id: string; folders: string[]; bytes: number }[];
  artifacts: { file: string; bytes: number }[];
  checkpoints: { run: string; file: string; bytes: number }[];
  /** Deleted runs that are running again, and files that cannot be looked at: they stay. */
  kept: string[];
}

const DEFAULT_CHECKPOINT_BUDGET_BYTES = 20e9;
/** An artifact is there before the event that refers to it. */
const ARTIFACT_GRACE_MS = 3600_000;

/** Changes nothing. */
export function planGc(store: Store, options: GcOptions, nowMs = Date.now()): GcPlan {
  return store.read(() => {
    const kept: string[] = [];
    const runs = deletedRuns(store).flatMap(id => goingRun(store, id, options.runsDir, kept));
    const folders = runs.flatMap(run => run.folders);
    return {
      runs,
      artifacts: unreferenced(store, options.artifactsDir, folders, new Set(runs.map(run => run.id)), nowMs),
      checkpoints: overBudget(store, options),
      kept,
    };
  });
}

/** Folders first, then rows, then the word that they are gone: killed in between, the next one finishes it. */
export function collectGarbage(store: Store, plan: GcPlan): void {
  for (const run of plan.runs) for (const folder of run.folders) remove(folder);
  const ids = plan.runs.map(run => run.id);
  store.write(() => {
    for (const id of ids) removeRows(store, id);
    removeOrphans(store);
  });
  curate(store, ids, { action: 'gc' });
  for (const { file } of [...plan.artifacts, ...plan.checkpoints]) remove(file);
}

function goingRun(store: Store, id: string, runsDir: string, kept: string[]): GcPlan['runs'] {
  const key = runKey(store, id);
  const [row] = key === undefined ? [] : rowsOf(store, [key]);
  if (row !== undefined && summarise(store, row).state === 'running') {
    kept.push(`run ${id} is deleted, but running again`);
    return [];
  }
  const found = key === undefined ? [] : runFolders(store, key);
  // One that has not begun has no journal yet. Folders elsewhere are not ours to remove.
  const folders = [...new Set([...found, join(runsDir, id)])].filter(
    folder => dirname(folder) === runsDir && statOf(folder)?.isDirectory(),
  );
  return [{ id, folders, bytes: folders.flatMap(filesIn).reduce((sum, { stats }) => sum + ownBytes(stats), 0) }];
}

/** Not named by a run that stays, not linked from a folder that stays, and not just being made. */
function unreferenced(
  store: Store,
  folder: string,
  goingFolders: readonly string[],
  goingRuns: ReadonlySet<string>,
  nowMs: number,
): GcPlan['artifacts'] {
  const named = store
    .prepare<[string, string]>('SELECT sha256, id FROM artifacts JOIN runs ON runs.key = run', 'raw')
    .all();
  const needed = new Set(named.filter(([, id]) => !goingRuns.has(id)).map(([sha256]) => sha256));
  const links = new Map<number, number>();
  for (const { stats } of goingFolders.flatMap(filesIn)) links.set(stats.ino, (links.get(stats.ino) ?? 0) + 1);
  return filesIn(folder)
    .filter(({ file }) => !needed.has(basename(file)))
    .filter(({ stats }) => stats.nlink - (links.get(stats.ino) ?? 0) <= 1 && nowMs - stats.mtimeMs > ARTIFACT_GRACE_MS)
    .map(({ file, stats }) => ({ file, bytes: stats.size }));
}

/** Only finished runs lose theirs: the others may go on from them. Stars protect. */
function overBudget(store: Store, options: GcOptions): GcPlan['checkpoints'] {
  const budget = options.checkpointBudgetBytes ?? DEFAULT_CHECKPOINT_BUDGET_BYTES;
  const all = entriesOf(options.runsDir).flatMap(entry => checkpointsIn(join(options.runsDir, entry.name)));
  let total = all.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total <= budget) return [];
  const going: GcPlan['checkpoints'] = [];
  for (const row of rowsOf(store, runKeys(store, { where: 'state = finished and not starred', sort: 'ended' }))) {
    for (const folder of runFolders(store, row.key)) {
      for (const { file, bytes } of checkpointsIn(folder)) {
        if (total <= budget) return going;
        going.push({ run: row.id, file, bytes });
        total -= bytes;
      }
    }
  }
  return going;
}

const checkpointsIn = (folder: string): { file: string; bytes: number }[] =>
  entriesOf(folder)
    .filter(entry => entry.isFile() && isCheckpoint(entry.name))
    .map(entry => join(folder, entry.name))
    .map(file => ({ file, bytes: statOf(file)?.size ?? 0 }));

function removeRows(store: Store, id: string): void {
  const key = runKey(store, id);
  if (key === undefined) return;
  deletePoints(store, key);
  // The rows of attempts, journals, metrics and artifacts go with it.
  store.prepare('DELETE FROM runs WHERE key = ?').run(key);
}

function removeOrphans(store: Store): void {
  store.prepare('DELETE FROM cells WHERE key NOT IN (SELECT cell FROM runs WHERE cell IS NOT NULL)').run();
  store.prepare('DELETE FROM experiments WHERE id NOT IN (SELECT experiment FROM cells)').run();
  store
    .prepare('DELETE FROM provenance WHERE key NOT IN (SELECT provenance FROM attempts WHERE provenance IS NOT NULL)')
    .run();
}

function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch (error) {
    throw new UserError(`${path}: cannot be removed: ${describeError(error)}. Mend that and repeat \`bench gc\`.`, {
      exitCode: EXIT.noData,
      cause: error,
    });
  }
}

/** What is shared by links is counted where it is kept. */
const ownBytes = (stats: Stats): number => (stats.nlink === 1 ? stats.size : 0);
