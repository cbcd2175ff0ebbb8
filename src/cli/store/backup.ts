import { dirname, join, resolve } from 'node:path';
import { EXIT } from '../../core/errors.ts';
import { storePath } from '../../core/places.ts';
import { plainText } from '../../core/plain-text.ts';
import { backUpStore } from '../../tracking/backup.ts';
import { openStore } from '../../tracking/store.ts';
import { printJson } from '../output/json.ts';

export async function backupCommand(file: string | undefined, { json = false }: { json?: boolean }): Promise<number> {
  const store = openStore(storePath(), { readonly: true });
  try {
    const backup = await backUpStore(store, file === undefined ? defaultPath() : resolve(file));
    const { path, curation, bytes, runs, points } = backup;
    if (json) printJson(backup);
    else process.stdout.write(`${plainText(path)}: ${bytes} bytes, ${runs} runs, ${points} points; checked.\n`);
    if (!json && curation !== null) process.stdout.write(`${plainText(curation)}: what was said of them.\n`);
    return EXIT.ok;
  } finally {
    store.close();
  }
}

function defaultPath(nowMs = Date.now()): string {
  const stamp = new Date(nowMs).toISOString().replace(/[:.]/g, '-');
  return join(dirname(storePath()), 'backups', `store-${stamp}.sqlite`);
}
