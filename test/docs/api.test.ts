import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { API_PAGE, apiPage } from '../../scripts/api/page.ts';

const page = apiPage();

test('the page is that of the docstrings as they are: `npm run api` writes it', () => {
  expect(readFileSync(API_PAGE, 'utf8')).toBe(page);
});

test('every function and every type has words', () => {
  const entries = page.split(/^### /m).slice(1);
  expect(entries.length).toBeGreaterThan(50);
  expect(entries.filter(entry => /^\S+\n+```/.test(entry)).map(entry => entry.split('\n')[0])).toEqual([]);
});

test('nothing of how it is done stands in it', () => {
  expect(page).not.toMatch(/#\w+\(|^ {2}#/m);
});
