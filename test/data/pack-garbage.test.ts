import { existsSync, mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { garbagePacks, noteUse, removePack } from '../../src/data/_pack-garbage.ts';
import { NOTHING, packFolder, writeState } from '../../src/data/_pack-state.ts';
import { useTemporaryCache } from './made-up.ts';

useTemporaryCache();

const NOW_MS = Date.parse('2026-11-01T00:00:00Z');
const DAY_MS = 24 * 3600_000;
const PIXELS = 10_000;

/** Age in days of each, by its name. */
const PACKS: Record<string, number> = { old: 31, older: 40, young: 29, new: 0 };

beforeEach(() => {
  for (const [name, days] of Object.entries(PACKS)) {
    const folder = packFolder(name, null);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'pixels'), Buffer.alloc(PIXELS));
    writeState(folder, NOTHING);
    const used = new Date(NOW_MS - days * DAY_MS);
    utimesSync(join(folder, 'pack.json'), used, used);
  }
});

const going = (limits = {}) => garbagePacks(limits, NOW_MS).map(({ folder }) => basename(folder).replace(/-full$/, ''));

test('packs that were not used for 30 days go, or for as many as one says', () => {
  expect(going()).toEqual(['older', 'old']);
  expect(going({ unusedDays: 35 })).toEqual(['older']);
  expect(going({ unusedDays: 100 })).toEqual([]);
});

test('with a budget: those that were used longest ago, until the others fit', () => {
  expect(going({ unusedDays: 100, budgetBytes: 2.5 * PIXELS })).toEqual(['older', 'old']);
  expect(going({ unusedDays: 100, budgetBytes: 0 })).toEqual(['older', 'old', 'young', 'new']);
});

test('a pack that was read again stays', () => {
  noteUse(packFolder('older', null));
  expect(going()).toEqual(['old']);
});

test('bytes are those of all files, and removing gives them back', async () => {
  const [pack] = garbagePacks({}, NOW_MS);
  expect(pack?.bytes).toBe(PIXELS + statSync(join(packFolder('older', null), 'pack.json')).size);
  await removePack(pack!);
  expect(existsSync(packFolder('older', null))).toBe(false);
  expect(going()).toEqual(['old']);
});

test('a lock beside a pack is none', () => {
  mkdirSync(`${packFolder('older', null)}.lock`);
  expect(going({ unusedDays: 1, budgetBytes: 0 })).toHaveLength(4);
});
