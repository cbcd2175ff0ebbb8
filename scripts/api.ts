/** `npm run api`: writes docs/api.md from src/index.ts and the docstrings of what it exports. */
import { writeFileSync } from 'node:fs';
import { API_PAGE, apiPage } from './api/page.ts';

writeFileSync(API_PAGE, apiPage());
