/** Tags, notes, stars, archive and deletion of runs, and taking the last of them back. */
import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT, UserError } from '../core/errors.ts';
import {
  appendChange,
  type Change,
  type CuratedChange,
  type CurationAction,
  curationOf,
  readChanges,
  standingChanges,
} from './curation-log.ts';
import type { Store } from './store.ts';

/** What a list shows of it. */
export interface Curation {
  /** Sorted; those that the run has of itself too. */
  tags: string[];
  note: string | null;
  starred: boolean;
  archived: boolean;
  deleted: boolean;
}

const MAX_TAG_CHARACTERS = 64;
const MAX_NOTE_CHARACTERS = 4000;

export const curationPath = (store: Store): string => join(dirname(store.path), 'curation.jsonl');

/** Brings the table up to the file, if another process has written or the store is new. Cheap if not. */
export function syncCuration(store: Store): void {
  if (recordedBytes(store) === fileBytes(store)) return;
  store.write(() => fold(store));
}

/** Says `action` of these runs (whole ids), for good: file first, then table. Throws one line and changes nothing if it cannot. */
export function curate(store: Store, runs: readonly string[], action: CurationAction): void {
  checkAction(action);
  if (runs.length > 0) say(store, { ...stamp(), runs: [...runs], ...action } as Change);
}

/** Takes the last change that stands back, and returns it; null if there is none. What `gc` removed stays gone. */
export function undoLast(store: Store): CuratedChange | null {
  return store.write(() => {
    const last = undoable(readChanges(curationPath(store)).changes);
    if (last !== undefined) say(store, { ...stamp(), action: 'undo', of: last.id });
    return last ?? null;
  });
}

/** In the order of the ids. Ids that nobody knows have nothing said of them. */
export function curationsOf(store: Store, ids: readonly string[]): Curation[] {
  const said = 'SELECT note, starred, archived, deleted_at AS deletedAt FROM curation WHERE run = ?';
  const tags = 'SELECT tag FROM v_tags WHERE run = ? ORDER BY tag';
  type Said = { note: string | null; starred: number; archived: number; deletedAt: number | null };
  return store.read(() =>
    ids.map(id => {
      const row = store.prepare<Said>(said).get(id);
      return {
        tags: store.prepare<string>(tags, 'pluck').all(id),
        note: row?.note ?? null,
        starred: row?.starred === 1,
        archived: row?.archived === 1,
        deleted: (row?.deletedAt ?? null) !== null,
      };
    }),
  );
}

/** Ids of the runs that are deleted and not gone yet. */
export function deletedRuns(store: Store): string[] {
  const sql = 'SELECT run FROM curation WHERE deleted_at IS NOT NULL ORDER BY deleted_at, run';
  return store.read(() => store.prepare<string>(sql, 'pluck').all());
}

const stamp = (): { id: string; time: number } => ({ id: randomUUID(), time: Date.now() });

/** The store's lock keeps other writers of the file away; whatever fails in between, the file is what counts. */
function say(store: Store, change: Change): void {
  store.write(() => {
    appendChange(curationPath(store), change);
    fold(store);
  });
}

function fold(store: Store): void {
  const { changes, bytes } = readChanges(curationPath(store));
  store.prepare('DELETE FROM curation').run();
  const insert = store.prepare(`INSERT INTO curation (run, tags, untagged, note, starred, archived, deleted_at)
    VALUES (?, ?, ?, ?, ?, ?, ?)`);
  for (const [run, state] of curationOf(changes)) {
    const { note, starred, archived, deletedAt } = state;
    insert.run(run, listOf(state.tags), listOf(state.untagged), note, Number(starred), Number(archived), deletedAt);
  }
  store.prepare('INSERT OR REPLACE INTO curation_source (key, bytes) VALUES (1, ?)').run(bytes);
}

const listOf = (tags: ReadonlySet<string>): string => JSON.stringify([...tags].sort());

/** Not a `gc`, and not what only speaks of runs that are gone since. */
function undoable(changes: readonly Change[]): CuratedChange | undefined {
  const standing = standingChanges(changes);
  const gone = new Map<string, number>();
  standing.forEach((change, i) => {
    if (change.action === 'gc') for (const run of change.runs) gone.set(run, i);
  });
  return standing.findLast((change, i) => change.action !== 'gc' && change.runs.some(run => (gone.get(run) ?? -1) < i));
}

function checkAction(action: CurationAction): void {
  if (action.action === 'tag') for (const tag of [...action.add, ...action.remove]) checkTag(tag);
  if (action.action === 'note' && action.text.length > MAX_NOTE_CHARACTERS)
    throw new UserError(`note: expected at most ${MAX_NOTE_CHARACTERS} characters, got ${action.text.length}.`);
}

function checkTag(tag: string): void {
  if (tag !== '' && tag.length <= MAX_TAG_CHARACTERS && !/[\s,\p{Cc}]/u.test(tag)) return;
  throw new UserError(
    `tag ${JSON.stringify(tag.slice(0, 80))}: expected 1 to ${MAX_TAG_CHARACTERS} characters without blanks and commas.`,
    { exitCode: EXIT.usage },
  );
}

const recordedBytes = (store: Store): number =>
  store.read(() => store.prepare<number>('SELECT bytes FROM curation_source', 'pluck').get()) ?? 0;

const fileBytes = (store: Store): number => statSync(curationPath(store), { throwIfNoEntry: false })?.size ?? 0;
