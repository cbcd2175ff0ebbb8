/** Packs that nobody has read for long. All of them can be made anew. */
import { readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { withFolderLock } from '../core/folder-lock.ts';
import { packFiles, packsFolder } from './_pack-state.ts';

export interface GarbagePack {
  folder: string;
  bytes: number;
  lastUsedMs: number;
}

interface PackLimits {
  /** Packs that were not used for so long go. */
  unusedDays?: number | undefined;
  /** Those that were used longest ago go until all take no more. */
  budgetBytes?: number | undefined;
}

const UNUSED_DAYS = 30;
const DAY_MS = 24 * 3600_000;

/** The time of its state file says when a pack was last used. A cache that cannot be written to keeps no such time. */
export function noteUse(folder: string): void {
  try {
    utimesSync(join(folder, packFiles.state), new Date(), new Date());
  } catch {}
}

/** Those that go, the one that was used longest ago first. Changes nothing. */
export function garbagePacks(limits: PackLimits, nowMs = Date.now()): GarbagePack[] {
  const { unusedDays = UNUSED_DAYS, budgetBytes = Number.POSITIVE_INFINITY } = limits;
  const packs = packNames()
    .map(name => lookAt(join(packsFolder(), name)))
    .sort((a, b) => a.lastUsedMs - b.lastUsedMs);
  let total = packs.reduce((sum, { bytes }) => sum + bytes, 0);
  return packs.filter(({ bytes, lastUsedMs }) => {
    const goes = total > budgetBytes || nowMs - lastUsedMs > unusedDays * DAY_MS;
    if (goes) total -= bytes;
    return goes;
  });
}

/** Waits for a process that is making it. Who has it open goes on reading what was there. */
export async function removePack({ folder }: Pick<GarbagePack, 'folder'>): Promise<void> {
  await withFolderLock(
    folder,
    () => {},
    async () => rmSync(folder, { recursive: true, force: true }),
  );
}

function packNames(): string[] {
  try {
    const entries = readdirSync(packsFolder(), { withFileTypes: true });
    return entries.filter(entry => entry.isDirectory() && !entry.name.endsWith('.lock')).map(({ name }) => name);
  } catch {
    return []; // there is no pack yet
  }
}

/** A pack that has no state yet is as old as its folder. */
function lookAt(folder: string): GarbagePack {
  const sizes = readdirSync(folder).map(file => statSync(join(folder, file)).size);
  const { mtimeMs } = statSync(join(folder, packFiles.state), { throwIfNoEntry: false }) ?? statSync(folder);
  return { folder, bytes: sizes.reduce((sum, size) => sum + size, 0), lastUsedMs: mtimeMs };
}
