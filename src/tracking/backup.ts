/** A copy of the store that is known to be whole. */
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { EXIT, UserError } from '../core/errors.ts';
import { removeStore } from './rebuild.ts';
import { openStore, type Store } from './store.ts';
import { storeError } from './store-errors.ts';

export interface Backup {
  path: string;
  bytes: number;
  runs: number;
  points: number;
}

/** Writes `target`, where no file may be. Others may write to the store meanwhile: the copy is of one moment. */
export async function backUpStore(store: Store, target: string): Promise<Backup> {
  if (existsSync(target)) throw taken(target);
  const unfinished = `${target}.${process.pid}.new`;
  try {
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    removeStore(unfinished);
    await store.copyTo(unfinished);
    const counts = lookThrough(unfinished);
    renameSync(unfinished, target);
    return { path: target, bytes: statSync(target).size, ...counts };
  } catch (error) {
    throw storeError(target, error);
  } finally {
    removeStore(unfinished);
  }
}

/** A copy of a damaged store is damaged too: better to know it now than when it is needed. */
function lookThrough(path: string): { runs: number; points: number } {
  const copy = openStore(path);
  try {
    const found = copy.read(() => copy.prepare<string>('PRAGMA integrity_check(1)', 'pluck').get());
    if (found !== 'ok') throw damaged(path, found ?? 'nothing');
    const count = (table: string): number => copy.prepare<number>(`SELECT count(*) FROM ${table}`, 'pluck').get() ?? 0;
    return copy.read(() => ({ runs: count('runs'), points: count('point_values') }));
  } finally {
    copy.close();
  }
}

const taken = (path: string): UserError =>
  new UserError(`${path} is there already. Nothing was written; name another file.`, { exitCode: EXIT.usage });

const damaged = (path: string, found: string): UserError =>
  new UserError(`the copy ${path} is not whole, so the store is not: ${found}. \`bench repair\` makes it anew.`, {
    exitCode: EXIT.noData,
  });
