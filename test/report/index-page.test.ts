import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type IndexedExperiment, renderIndex } from '../../src/report/index-page.ts';
import { newFolder } from '../new-folder.ts';
import { inventResults } from './example-results.ts';
import { openPage, useBrowser, violations } from './opened-page.ts';

const folder = newFolder(afterAll);
const browser = useBrowser();

const { verdicts } = await inventResults();
const EVIL = '<img src=x onerror=alert(1)>';
const experiments: IndexedExperiment[] = [
  {
    id: 'degradation-34',
    title: 'Depth',
    tier: 'quick',
    cells: 20,
    finished: 20,
    verdicts,
    outdated: false,
    page: 'degradation-34.html',
  },
  { id: EVIL, title: EVIL, tier: 'smoke', cells: 4, finished: 3, verdicts: [], outdated: false, page: null },
];

test.each([
  { width: 1280, colorScheme: 'light' as const },
  { width: 400, colorScheme: 'dark' as const },
])('the index at $width px, $colorScheme: claims and verdicts, to search and to filter', async look => {
  const path = join(folder, 'index.html');
  writeFileSync(path, renderIndex(experiments));
  const { page, complaints } = await openPage(browser(), path, look);
  const rows = page.locator('.matrix tbody tr:visible');
  expect(await rows.count()).toBe(verdicts.length + 1);
  expect(await page.getByRole('link', { name: 'degradation-34' }).first().getAttribute('href')).toBe(
    'degradation-34.html',
  );
  await page.getByLabel('Verdict').selectOption('none yet');
  expect(await rows.count()).toBe(1);
  expect(await rows.first().textContent()).toContain(EVIL);
  await page.getByLabel('Verdict').selectOption('');
  await page.getByLabel('Search').fill('RESIDUAL net');
  const found = verdicts.filter(({ claim }) => /residual net/i.test(claim.statement)).length;
  expect(await rows.count()).toBe(found);
  await page.getByLabel('Search').fill('no such thing');
  expect(await page.getByText('Nothing fits.').isVisible()).toBe(true);
  await page.getByLabel('Search').fill('');
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  expect(await violations(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await page.close();
});

test('the same experiments give the same bytes', () => {
  expect(renderIndex(experiments) === renderIndex(structuredClone(experiments))).toBe(true);
});
