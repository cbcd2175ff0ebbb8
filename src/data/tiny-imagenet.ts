import { join } from 'node:path';
import { defineImageFolder } from './_image-folder.ts';
import { readTable } from './_listing.ts';
import { listSynsets } from './_synsets.ts';

export default defineImageFolder({
  name: 'tiny-imagenet',
  title: 'Tiny ImageNet',
  source: 'Stanford CS231N, http://cs231n.stanford.edu/tiny-imagenet-200.zip',
  layout: 'train/<synset>/images/ and val/images/ with val/val_annotations.txt, as its archive has them',
  list: root =>
    listSynsets(root, {
      names: new Map(
        readTable(join(root, 'words.txt'), /\t/).map(([synset = '', words = '']) => [
          synset,
          words.split(',')[0] ?? '',
        ]),
      ),
      flatFolder: 'val/images',
      synsetOf: new Map(
        readTable(join(root, 'val/val_annotations.txt'), /\t/).map(([image = '', synset = '']) => [image, synset]),
      ),
      mappingFiles: 'val/val_annotations.txt',
    }),
});
