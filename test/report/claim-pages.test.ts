import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { claimPages } from '../../scripts/claims/pages.ts';

test('README.md and docs/claims.md say what the records say: else `npm run claims` is due', async () => {
  const pages = await claimPages();
  expect(pages.map(({ path }) => path)).toEqual(['README.md', 'docs/claims.md']);
  for (const { path, text } of pages) expect(readFileSync(path, 'utf8'), path).toBe(text);
});
