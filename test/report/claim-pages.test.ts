import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { claimPages } from '../../scripts/claims/pages.ts';

test('README.md and docs/claims.md say what the records say: else `npm run claims` is due', async () => {
  for (const { path, text } of await claimPages()) expect(readFileSync(path, 'utf8'), path).toBe(text);
});
