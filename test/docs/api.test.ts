import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { API_PAGE, apiPage } from '../../scripts/api/page.ts';

const page = apiPage();

test('the page is that of the docstrings as they are: `npm run api` writes it', () => {
  expect(readFileSync(API_PAGE, 'utf8')).toBe(page);
});

test('every function and every type that is exported has words', () => {
  const [, exported = ''] = /^## Functions\n(.*)^## What those/ms.exec(page) ?? [];
  const entries = exported.split(/^### /m).slice(1);
  expect(entries.length).toBeGreaterThan(20);
  expect(entries.filter(entry => /^\S+\n\n```/.test(entry)).map(entry => entry.split('\n')[0])).toEqual([]);
});

test('nothing of how it is done stands in it', () => {
  expect(page).not.toMatch(/#\w+\(|^ {2}#/m);
});
