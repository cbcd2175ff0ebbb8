/** Layouts whose classes are synsets of WordNet, as ImageNet's are. */
import { join } from 'node:path';
import { UserError } from '../core/errors.ts';
import { classFolders, foldersIn, isFolder, type ListedFolder, type Listing } from './_listing.ts';

export interface SynsetLayout {
  /** Names of the synsets, as far as a file of the root gives them. */
  names: ReadonlyMap<string, string>;
  /** The validation images: below `val/` a folder for each synset, or the folder where all of them lie. */
  flatFolder: string;
  /** Synset of each image of the flat folder by its file name. */
  synsetOf: ReadonlyMap<string, string>;
  /** Which files could have given them, for messages. */
  mappingFiles: string;
}

/** Training images in `train/<synset>/`; the validation images, whose classes are public, are the test set. */
export function listSynsets(root: string, layout: SynsetLayout): Listing {
  const train = join(root, 'train');
  if (!isFolder(train))
    throw new UserError(`${root}: expected a folder train/ with a folder for each synset, got none.`);
  const synsets = foldersIn(train);
  const classes = synsets.map(synset => nameOf(synset, layout.names));
  return { classes, folders: [...classFolders(root, 'train', synsets, 'train'), ...validation(root, synsets, layout)] };
}

/** The synset stands in the name, since two of them are cranes. */
function nameOf(synset: string, names: ReadonlyMap<string, string>): string {
  const name = names.get(synset);
  return name === undefined ? synset : `${name} (${synset})`;
}

function validation(root: string, synsets: readonly string[], layout: SynsetLayout): ListedFolder[] {
  const { flatFolder, synsetOf, mappingFiles } = layout;
  if (!isFolder(join(root, 'val')))
    throw new UserError(`${root}: expected a folder val/ with the validation images, got none.`);
  const folders = foldersIn(join(root, 'val'));
  if (folders.some(folder => synsets.includes(folder))) return classFolders(root, 'val', synsets, 'test');
  if (synsetOf.size === 0)
    throw new UserError(
      `${root}: expected val/<synset>/, or a file that gives the class of each validation image (${mappingFiles}), got neither.`,
    );
  const labels = new Map(synsets.map((synset, label) => [synset, label]));
  const classOf = (file: string): number => {
    const label = labels.get(synsetOf.get(file) ?? '');
    if (label !== undefined) return label;
    throw new UserError(
      `${join(root, flatFolder, file)}: expected its class in ${mappingFiles}, got none of a training class.`,
    );
  };
  return [{ set: 'test', path: flatFolder, classOf }];
}
