/** What is to be said of a version says the same everywhere: CONTRIBUTING.md has the steps. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const { version, license } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string; license: string };

test('CITATION.cff has the version, the licence and what the format asks for', () => {
  const citation = parse(readFileSync('CITATION.cff', 'utf8')) as Record<string, unknown>;
  expect(citation).toMatchObject({ 'cff-version': '1.2.0', version, license });
  for (const field of ['message', 'title', 'authors', 'abstract']) expect(citation[field]).toBeTruthy();
});

test('CHANGELOG.md begins with what is unreleased; the newest number is the package’s', () => {
  const headings = [...readFileSync('CHANGELOG.md', 'utf8').matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
  expect(headings[0]).toBe('Unreleased');
  expect(headings[1]?.split(' ')[0]).toBe(version);
});
