import { join } from 'node:path';
import { defineDatasetKind } from '../core/dataset.ts';
import { defineImageFolder } from './_image-folder.ts';
import { foldersIn, readTable } from './_listing.ts';
import { listSynsets } from './_synsets.ts';

const GROUND_TRUTH = 'ILSVRC2012_validation_ground_truth.txt';

const folder = defineImageFolder({
  name: 'imagenet',
  title: 'ImageNet (ILSVRC 2012)',
  source: 'Russakovsky et al. 2015, arXiv:1409.0575',
  layout: 'train/<synset>/ and val/, with the class of each validation image by folder or by a file',
  list: root =>
    listSynsets(root, {
      names: readNames(root),
      flatFolder: 'val',
      synsetOf: new Map([...fromKaggle(root), ...fromList(root), ...fromDevelopmentKit(root)]),
      mappingFiles: `LOC_val_solution.csv, val.txt, or ${GROUND_TRUTH} with map_clsloc.txt`,
    }),
});

/** Counts: Russakovsky et al. 2015, table 2. */
export default defineDatasetKind({
  ...folder,
  facts: {
    channels: 3,
    classes: 1000,
    trainCount: 1_281_167,
    testCount: 50_000,
    getIt: 'Its owners give it to registered persons only: https://image-net.org/download',
  },
});

/** "n01440764 tench, Tinca tinca": the first name is enough. */
function readNames(root: string): Map<string, string> {
  const lines = ['LOC_synset_mapping.txt', 'synset_words.txt'].flatMap(file => readTable(join(root, file), /\s+/));
  return new Map(lines.map(([synset = '', ...words]) => [synset, words.join(' ').split(',')[0] ?? synset]));
}

/** "ILSVRC2012_val_00000001,n01751748 111 108 230 366": the image and its boxes, each with its synset. */
function fromKaggle(root: string): [string, string][] {
  const [, ...lines] = readTable(join(root, 'LOC_val_solution.csv'), /[,\s]+/);
  return lines.map(([image, synset = '']) => [`${image}.JPEG`, synset]);
}

/** "ILSVRC2012_val_00000001.JPEG 65", where synsets are numbered from 0 as they are sorted; or their names. */
function fromList(root: string): [string, string][] {
  const lines = readTable(join(root, 'val.txt'), /\s+/);
  const synsets = lines.length > 0 ? foldersIn(join(root, 'train')) : [];
  return lines.map(([image = '', label = '']) => [image, synsets[Number(label)] ?? label]);
}

/** A number for each image in order, 1 … 1000; the other file says which synset has which number: "n02119789 1 kit_fox". */
function fromDevelopmentKit(root: string): [string, string][] {
  const synsets = new Map(readTable(join(root, 'map_clsloc.txt'), /\s+/).map(([synset = '', id = '']) => [id, synset]));
  if (synsets.size === 0) return [];
  const file = (index: number): string => `ILSVRC2012_val_${String(index + 1).padStart(8, '0')}.JPEG`;
  return readTable(join(root, GROUND_TRUTH), /\s+/).map(([id = ''], index) => [file(index), synsets.get(id) ?? '']);
}
