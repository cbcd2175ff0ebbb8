import { mkdirSync } from 'node:fs';
import lockfile from 'proper-lockfile';

/** A lock that its holder has not touched for this long was left by a killed process. */
const STALE_MS = 10_000;
const RETRY = { retries: 3600, factor: 1, minTimeout: 500, maxTimeout: 500 };

/** Does `action` while no other process works on the folder; waits for one that does, and says so once. */
export async function withFolderLock<T>(folder: string, onWait: () => void, action: () => Promise<T>): Promise<T> {
  mkdirSync(folder, { recursive: true });
  if (await lockfile.check(folder, { realpath: false, stale: STALE_MS })) onWait();
  const release = await lockfile.lock(folder, { realpath: false, stale: STALE_MS, retries: RETRY });
  try {
    return await action();
  } finally {
    await release();
  }
}
