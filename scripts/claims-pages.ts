/** `npm run claims`: writes the matrix of claims into README.md and docs/claims.md. */
import { writeFileSync } from 'node:fs';
import { claimPages } from './claims/pages.ts';

for (const { path, text } of await claimPages()) writeFileSync(path, text);
