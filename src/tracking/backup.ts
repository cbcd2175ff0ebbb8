/** A copy of the store that is known to be whole, and of what people said of its runs. */
import { chmodSync, constants, copyFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { EXIT, UserError } from '../core/errors.ts';
import { countsOf, firstDamage } from './check-records.ts';
import { curationPath } from './curation.ts';
import { removeStore } from './rebuild.ts';
import { openStore, type Store } from './store.ts';
import { storeError } from './store-errors.ts';

export interface Backup {
  path: string;
  /** Beside it, the copy of `curation.jsonl`; null: nobody said anything. */
  curation: string | null;
  bytes: number;
  runs: number;
  points: number;
}

/** Writes `target`, where no file may be. Others may write to the store meanwhile: the copy is of one moment. */
export async function backUpStore(store: Store, target: string): Promise<Backup> {
  const curation = `${target}.curation.jsonl`;
  for (const path of [target, curation]) if (existsSync(path)) throw taken(path);
  const unfinished = `${target}.${process.pid}.new`;
  try {
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    removeStore(unfinished);
    await store.copyTo(unfinished);
    const counts = lookThrough(unfinished);
    const said = copyCuration(store, curation);
    renameSync(unfinished, target);
    return { path: target, curation: said ? curation : null, bytes: statSync(target).size, ...counts };
  } catch (error) {
    throw storeError(target, error);
  } finally {
    removeStore(unfinished);
  }
}

/** After the store: the file may say more than the copy of the store knows, but not less. */
function copyCuration(store: Store, target: string): boolean {
  const source = curationPath(store);
  if (!existsSync(source)) return false;
  copyFileSync(source, target, constants.COPYFILE_EXCL);
  chmodSync(target, 0o600);
  return true;
}

/** A copy of a damaged store is damaged too: better to know it now than when it is needed. */
function lookThrough(path: string): { runs: number; points: number } {
  const copy = openStore(path);
  try {
    const damage = firstDamage(copy);
    if (damage !== null) throw damaged(path, damage);
    return countsOf(copy);
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
