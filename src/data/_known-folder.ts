/** A folder of images whose content is known beforehand: it is copied into the cache if its fingerprint is right. */
import { cpSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type DatasetDefinition, defineDataset } from '../core/dataset.ts';
import { refusal, type UserError } from '../core/errors.ts';
import { withFolderLock } from '../core/folder-lock.ts';
import { dataFolder, unusableCache } from './_cache.ts';
import { defineImageFolder } from './_image-folder.ts';
import { isFolder, listClassFolders } from './_listing.ts';
import type { Report } from './_progress.ts';

type Facts = Pick<
  DatasetDefinition,
  'name' | 'title' | 'source' | 'downloadBytes' | 'shape' | 'classes' | 'trainCount' | 'testCount' | 'fingerprint'
>;

const SETS = ['train', 'test'] as const;

/** `getIt`: in a sentence, what a person does to have the folder, which holds `train/<class>/` and `test/<class>/`. */
export function defineKnownFolder({ getIt, ...facts }: Facts & { getIt: string }): DatasetDefinition {
  const { name, title, source, fingerprint } = facts;
  const layout = SETS.map(set => `${set}/<class>/`).join(' and ');
  const kind = defineImageFolder({ name, title, source, layout, list: listClassFolders });
  const folder = (): string => join(dataFolder(name), 'images');
  const error = (message: string): UserError => refusal(`${message} ${getIt}`);

  async function imagesIn(root: string, report?: Report): Promise<DatasetDefinition> {
    const found = await kind.at(root, report);
    if (found.fingerprint === fingerprint) return found;
    const [expected, got] = [fingerprint, found.fingerprint].map(hash => `${hash.slice(0, 12)}…`);
    const images = `${found.trainCount} and ${found.testCount} images`;
    throw error(`${root}: not ${title}: expected fingerprint ${expected}, got ${got} of ${images}.`);
  }

  async function fetched(report?: Report): Promise<DatasetDefinition> {
    if (!isFolder(folder())) throw error(`${title}: missing.`);
    return imagesIn(folder(), report);
  }

  return defineDataset({
    ...facts,
    async fetch(report, { from } = {}) {
      if (isFolder(folder())) return;
      if (from === undefined) throw error(`${title} is not fetched by itself.`);
      await imagesIn(resolve(from), report);
      const onWait = (): void => report(`${name}: another process is copying it, waiting`);
      await withFolderLock(dataFolder(name), onWait, async () => copySets(resolve(from), folder()));
    },
    check: async () => {
      const ready = isFolder(folder());
      return { name, ready, detail: ready ? folder() : `not in ${folder()}.` };
    },
    verify: async report => (await fetched(report)).verify(report),
    load: async (options = {}) => (await fetched(options.report)).load(options),
  });
}

/** Whole or not at all. */
function copySets(from: string, to: string): void {
  if (isFolder(to)) return;
  const incoming = `${to}.new`;
  try {
    rmSync(incoming, { recursive: true, force: true });
    for (const set of SETS) cpSync(join(from, set), join(incoming, set), { recursive: true });
    renameSync(incoming, to);
  } catch (error) {
    throw unusableCache(to, error);
  }
}
