/**
 * What people say of runs: tags, notes, stars, archive and deletion. It lives in `curation.jsonl` beside the store, one
 * change a line, only ever appended to, so that a store which is made anew from the run folders forgets nothing and any
 * change can be undone. The store's table `curation` is what the lines come to.
 */
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { describeError, EXIT, errorCode, UserError } from '../core/errors.ts';

export type CurationAction =
  | { action: 'tag'; add: string[]; remove: string[] }
  /** An empty text removes the note. */
  | { action: 'note'; text: string }
  | { action: 'star' | 'unstar' | 'archive' | 'unarchive' | 'delete' }
  /** The runs are gone for good: nothing said of them before holds any more. */
  | { action: 'gc' };

/** One line. `id` is random: two files with common lines can be joined. */
export type Change = { id: string; time: number } & (
  | ({ runs: string[] } & CurationAction)
  /** Takes the change of that id back. */
  | { action: 'undo'; of: string }
);

export type CuratedChange = Exclude<Change, { action: 'undo' }>;

/** What is known of one run; `tags` beside those that its cell has, `untagged` those that were taken from it. */
export interface CurationState {
  tags: Set<string>;
  untagged: Set<string>;
  note: string | null;
  starred: boolean;
  archived: boolean;
  deletedAt: number | null;
}

/** The file's changes in order. A line that is no change (torn by a power cut, or of a later bench) is passed over. */
export function readChanges(path: string): { changes: Change[]; bytes: number } {
  const content = readWhole(path);
  const changes = content.toString('utf8').split('\n').map(parseChange);
  return { changes: changes.filter(change => change !== null), bytes: content.length };
}

/** Appends whole lines and syncs them. Returns the file's length. Call it under the store's write lock. */
export function appendChange(path: string, change: Change): number {
  try {
    const before = readWhole(path);
    // A torn last line must not swallow this one.
    const torn = before.length > 0 && before.at(-1) !== 0x0a;
    const line = Buffer.from(`${torn ? '\n' : ''}${JSON.stringify(change)}\n`);
    append(path, line);
    return before.length + line.length;
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/** Changes that hold: in order, without those that were taken back and the taking back itself. */
export function standingChanges(changes: readonly Change[]): CuratedChange[] {
  const undone = new Set(changes.map(change => (change.action === 'undo' ? change.of : null)));
  return changes.filter((change): change is CuratedChange => change.action !== 'undo' && !undone.has(change.id));
}

/** Run → what its changes come to. Runs of which nothing is said any more are missing. */
export function curationOf(changes: readonly Change[]): Map<string, CurationState> {
  const runs = new Map<string, CurationState>();
  for (const change of standingChanges(changes)) {
    for (const run of change.runs) {
      const state = runs.get(run) ?? newState();
      apply(state, change);
      if (change.action === 'gc' || isNothing(state)) runs.delete(run);
      else runs.set(run, state);
    }
  }
  return runs;
}

function apply(state: CurationState, change: CuratedChange): void {
  if (change.action === 'tag') {
    for (const tag of change.add) state.tags.add(tag) && state.untagged.delete(tag);
    for (const tag of change.remove) state.untagged.add(tag) && state.tags.delete(tag);
  } else if (change.action === 'note') state.note = change.text === '' ? null : change.text;
  else if (change.action === 'star' || change.action === 'unstar') state.starred = change.action === 'star';
  else if (change.action === 'archive' || change.action === 'unarchive') state.archived = change.action === 'archive';
  else if (change.action === 'delete') state.deletedAt = change.time;
}

const newState = (): CurationState => ({
  tags: new Set(),
  untagged: new Set(),
  note: null,
  starred: false,
  archived: false,
  deletedAt: null,
});

const isNothing = ({ tags, untagged, note, starred, archived, deletedAt }: CurationState): boolean =>
  tags.size + untagged.size === 0 && note === null && !starred && !archived && deletedAt === null;

const ACTIONS = ['note', 'star', 'unstar', 'archive', 'unarchive', 'delete', 'gc'];

/** The file can be written by hand: what does not fit is no change. */
function parseChange(line: string): Change | null {
  try {
    const change = JSON.parse(line) as Change & { runs?: unknown; add?: unknown; remove?: unknown; text?: unknown };
    if (typeof change.id !== 'string' || typeof change.time !== 'number') return null;
    if (change.action === 'undo') return typeof change.of === 'string' ? change : null;
    if (!areTexts(change.runs)) return null;
    if (change.action === 'tag') return areTexts(change.add) && areTexts(change.remove) ? change : null;
    if (change.action === 'note' && typeof change.text !== 'string') return null;
    return ACTIONS.includes(change.action) ? change : null;
  } catch {
    return null;
  }
}

const areTexts = (value: unknown): boolean => Array.isArray(value) && value.every(item => typeof item === 'string');

function readWhole(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return Buffer.alloc(0);
    throw new UserError(`${path}: cannot be read: ${describeError(error)}.`, { exitCode: EXIT.noData, cause: error });
  }
}

function append(path: string, line: Buffer): void {
  const file = openSync(path, 'a', 0o600);
  try {
    for (let done = 0; done < line.length; ) done += writeSync(file, line, done);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function cannotWrite(path: string, error: unknown): unknown {
  if (error instanceof UserError || errorCode(error) === undefined) return error;
  return new UserError(`${path}: cannot be written: ${describeError(error)}. Nothing was changed.`, {
    exitCode: EXIT.noData,
    cause: error,
  });
}
