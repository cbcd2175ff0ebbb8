/** `npm run licences`: writes docs/licences.md from what is installed. */
import { writeFileSync } from 'node:fs';
import { LICENCES_PAGE, licencesPage } from './licences/page.ts';

writeFileSync(LICENCES_PAGE, await licencesPage());
