/** Links of README.md and docs/ that stay in the checkout: the files and headings that they name are there. */
import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import GithubSlugger from 'github-slugger';
import { expect, test } from 'vitest';
import { markdownPages } from './markdown.ts';

const pages = markdownPages();
const anchors = new Map(pages.map(({ path, headings }) => [path, anchorsOf(headings)]));

test.each(pages)('$path', ({ path, links }) => {
  const local = links.filter(link => !/^[a-z]+:/.test(link));
  expect(local.filter(link => !leadsSomewhere(path, link))).toEqual([]);
});

test('there are links with headings to check', () => {
  expect(pages.flatMap(({ links }) => links).filter(link => /\.md#/.test(link)).length).toBeGreaterThan(5);
});

function leadsSomewhere(from: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? from : normalize(join(dirname(from), file));
  if (!existsSync(target)) return false;
  return anchor === undefined || (anchors.get(target)?.has(anchor) ?? false);
}

/** As GitHub makes them: the second of two equal headings has a number. */
function anchorsOf(headings: readonly string[]): Set<string> {
  const slugger = new GithubSlugger();
  return new Set(headings.map(heading => slugger.slug(heading)));
}
