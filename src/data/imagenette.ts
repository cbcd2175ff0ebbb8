import { defineImageFolder } from './_image-folder.ts';
import { listClassFolders } from './_listing.ts';

const NAMES: Record<string, string> = {
  n01440764: 'tench',
  n02102040: 'English springer',
  n02979186: 'cassette player',
  n03000684: 'chain saw',
  n03028079: 'church',
  n03394916: 'French horn',
  n03417042: 'garbage truck',
  n03425413: 'gas pump',
  n03445777: 'golf ball',
  n03888257: 'parachute',
};

export default defineImageFolder({
  name: 'imagenette',
  title: 'Imagenette',
  source: 'https://github.com/fastai/imagenette',
  layout: 'train/<synset>/ and val/<synset>/, as its archives have them',
  list(root, settings) {
    const { classes, folders } = listClassFolders(root, settings);
    return { classes: classes.map(synset => NAMES[synset] ?? synset), folders };
  },
});
