/** `npm run architecture`: draws the folders of src/ by their imports into docs/images/architecture.svg. */
import { writeFileSync } from 'node:fs';
import { architecturePicture, PICTURE } from './architecture/picture.ts';

writeFileSync(PICTURE, await architecturePicture());
