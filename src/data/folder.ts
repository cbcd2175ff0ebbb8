import { defineImageFolder } from './_image-folder.ts';
import { listClassFolders } from './_listing.ts';

export default defineImageFolder({
  name: 'folder',
  title: 'Images of a folder',
  source: 'the folder itself',
  layout: 'train/<class>/*.jpg|png|webp and test/ or val/ like it',
  list: listClassFolders,
});
