/** Which files of a folder are the images of a dataset, and of which class. One function for each layout. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../core/errors.ts';
import type { FolderSettings } from './_folder-settings.ts';

export interface Listing {
  classes: readonly string[];
  /** In the order of the set. */
  folders: readonly ListedFolder[];
}

export interface ListedFolder {
  /** *both*: a share of it becomes the test set. */
  set: 'train' | 'test' | 'both';
  /** Below the root; its own folders belong to it. */
  path: string;
  /** Class of a file, by its name in the folder; null: it has none and is left out. */
  classOf(file: string): number | null;
}

/** `train/<class>/` and `test/<class>/` or `val/<class>/`; or class folders alone, of which a stated share is the test set. */
export function listClassFolders(root: string, { testShare }: FolderSettings): Listing {
  const train = isFolder(join(root, 'train')) ? 'train' : '';
  const test = train === '' ? undefined : ['test', 'val'].find(name => isFolder(join(root, name)));
  const classes = foldersIn(join(root, train));
  if (classes.length < 2)
    throw new UserError(
      `${join(root, train)}: expected a folder for each of two or more classes, got ${classes.length}.`,
    );
  const trained = classFolders(root, train, classes, test === undefined ? 'both' : 'train');
  if (test !== undefined) return { classes, folders: [...trained, ...classFolders(root, test, classes, 'test')] };
  if (testShare !== undefined) return { classes, folders: trained };
  throw new UserError(
    `${root}: expected a folder test/ or val/ beside train/, or in dataset.json the share of each class that is to be the test set, as {"testShare": 0.2}.`,
  );
}

/** Of the folders in `root/path`, which must be of known classes. */
export function classFolders(
  root: string,
  path: string,
  classes: readonly string[],
  set: ListedFolder['set'],
): ListedFolder[] {
  return foldersIn(join(root, path)).map(name => {
    const label = classes.indexOf(name);
    if (label < 0)
      throw new UserError(`${join(root, path, name)}: expected a class of the training images, got "${name}".`);
    return { set, path: path === '' ? name : `${path}/${name}`, classOf: () => label };
  });
}

/** Names of the folders in a folder, sorted as bytes are. */
export function foldersIn(path: string): string[] {
  return readdirSync(path)
    .filter(name => !name.startsWith('.') && isFolder(join(path, name)))
    .sort();
}

export const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** Lines of a text file as their words, or none if there is no such file. */
export function readTable(path: string, separator: RegExp): string[][] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split(/\r?\n/);
  return lines.filter(line => line.trim() !== '').map(line => line.trim().split(separator));
}
