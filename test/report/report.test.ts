import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeReport } from '../../src/report/index.ts';
import { launchBrowser } from './browser.ts';
import { inventResults } from './example-results.ts';

const folder = mkdtempSync(join(tmpdir(), 'bench-report-'));
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Opened {
  page: Page;
  /** Console messages, errors, and requests that are not of files. */
  complaints: string[];
}

async function open(path: string, { width = 1280, colorScheme = 'light' as 'light' | 'dark' } = {}): Promise<Opened> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  const complaints: string[] = [];
  page.on('console', message => complaints.push(message.text()));
  page.on('pageerror', error => complaints.push(error.message));
  page.on('request', request => {
    if (!/^(file|data|blob):/.test(request.url())) complaints.push(`requested ${request.url()}`);
  });
  await page.goto(`file://${path}`);
  await page.waitForFunction(
    () =>
      (globalThis as never as { document: { documentElement: { dataset: Record<string, string> } } }).document
        .documentElement.dataset.drawn,
  );
  return { page, complaints };
}

describe('a report in a browser', async () => {
  const path = join(folder, 'report.html');
  await writeReport(await inventResults(), path);

  test.each([
    { width: 1280, colorScheme: 'light' as const },
    { width: 400, colorScheme: 'dark' as const },
  ])('at $width px, $colorScheme: every chart is drawn, nothing complains, nothing overflows', async look => {
    const { page, complaints } = await open(path, look);
    const charts = await page.locator('.chart').all();
    expect(charts.length).toBe(6);
    for (const chart of charts) {
      expect(
        await chart.locator('svg .mark-line path, svg .mark-rule line, svg .mark-symbol path').count(),
      ).toBeGreaterThan(0);
      const box = await chart.locator('svg').boundingBox();
      expect(box?.width).toBeLessThanOrEqual(look.width);
      expect(box?.height).toBeGreaterThan(100);
    }
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('the verdict stands on top, in words', async () => {
    const { page } = await open(path);
    expect(await page.locator('.verdict strong').innerText()).toBe('✓ Confirmed');
    expect(await page.locator('.verdict').innerText()).toMatch(
      /^✓ Confirmed: going from 18 to 34 layers costs the plain net more/,
    );
    await page.close();
  });

  test('background and ink follow the scheme, with enough contrast', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await open(path, { colorScheme });
      const [ink, ground] = (await page.evaluate(
        '[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]',
      )) as [string, string];
      expect(contrast(ink, ground)).toBeGreaterThan(7);
      await page.close();
    }
  });

  test.each([
    ['CSV', 'effects.csv', /^claim,seed,effect\ninteraction,1,/],
    ['Vega-Lite', 'effects.vl.json', /"\$schema": "https:\/\/vega\.github\.io\/schema\/vega-lite\/v6\.json"/],
    ['SVG', 'effects.svg', /^<svg /],
  ])('hands out a chart as %s', async (label, name, content) => {
    const { page } = await open(path);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('figure').first().getByRole('button', { name: label }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(name);
    expect(readFileSync(await download.path(), 'utf8')).toMatch(content);
    await page.close();
  });

  test('single seeds appear on demand', async () => {
    const { page } = await open(path);
    const chart = page.locator('#chart-training-loss');
    const visible = () =>
      chart
        .locator('svg .mark-line path')
        .evaluateAll(paths => paths.filter(path => path.getAttribute('opacity') !== '0').length);
    const before = await visible();
    await chart.getByRole('checkbox').check();
    await expect.poll(visible).toBe(before + 20);
    await page.close();
  });
});

test('whatever the data say, they stay text', async () => {
  const evil = '<script>document.title = "broken into"</script><img src=x onerror="alert(1)">';
  const path = join(folder, 'evil.html');
  await writeReport(
    await inventResults({ change: { title: evil, question: evil, limits: [`</style>${evil}`] } }),
    path,
  );
  const { page, complaints } = await open(path);
  expect(await page.title()).toBe(evil);
  expect(await page.locator('h1').innerText()).toBe(evil);
  expect(complaints).toEqual([]);
  await page.close();
});

test('an inconclusive report says what would decide, and missing cells are in plain sight', async () => {
  const results = await inventResults({ seeds: 5, decides: false });
  const path = join(folder, 'open.html');
  const failed = {
    ...(results.runs[3] as (typeof results.runs)[number]),
    state: 'failed' as const,
    reason: 'diverged: the training loss is NaN at step 17',
    step: 17,
  };
  await writeReport({ ...results, runs: [...results.runs.slice(0, 3), failed, ...results.runs.slice(5)] }, path);
  const { page } = await open(path);
  const text = await page.locator('main').innerText();
  expect(text).toMatch(/\? Inconclusive \(by design/);
  expect(text).toContain('Run a longer tier: npx bench run degradation-34 --tier quick');
  expect(text).toContain('plain-18, seed 4: failed at step 17 of 600: diverged: the training loss is NaN at step 17');
  expect(await page.getByRole('cell', { name: 'missing' }).count()).toBe(1);
  await page.close();
});

test('without any run there is still a page', async () => {
  const results = await inventResults({ seeds: 0 });
  const path = join(folder, 'empty.html');
  await writeReport(results, path);
  const { page, complaints } = await open(path);
  expect(await page.locator('.verdict').innerText()).toContain('Inconclusive');
  expect(complaints).toEqual([]);
  await page.close();
});

test('a place that cannot be written: one line, and the results are kept', async () => {
  const file = join(folder, 'a-file');
  writeFileSync(file, '');
  await expect(writeReport(await inventResults({ seeds: 1 }), join(file, 'x.html'))).rejects.toThrow(
    /a-file\/x\.html: the report cannot be written \(.*\)\. The results are kept/,
  );
});

/** WCAG 2.2, relative luminance. */
function contrast(first: string, second: string): number {
  const luminance = (colour: string): number => {
    const [r = 0, g = 0, b = 0] = (colour.match(/\d+/g) ?? []).map(channel => {
      const c = Number(channel) / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [light = 0, dark = 0] = [luminance(first), luminance(second)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}
