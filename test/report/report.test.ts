import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderReport, writeReport } from '../../src/report/index.ts';
import { judge } from '../../src/report/results.ts';
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
  await page.locator('html[data-drawn]').waitFor();
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
    expect(charts.length).toBe(8);
    for (const chart of charts) {
      expect(
        await chart
          .locator('svg .mark-line path, svg .mark-rule line, svg .mark-rect path, svg .mark-symbol path')
          .count(),
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
    const text = await page.locator('.verdict').textContent();
    expect(text?.trim()).toMatch(/^✓ Confirmed: going from 18 to 34 layers costs the plain net more/);
    expect(text).toMatch(/Effect0\.\d+ nats95 % interval0\.\d+ to 0\.\d+ natsMargin0\.050 natsSign-flip p0\.063Seeds5/);
    await page.close();
  });

  test('lines carry the names of their arms, and no two names touch', async () => {
    const { page } = await open(path);
    const names = page.locator('#chart-training-loss svg .mark-text text').filter({ hasText: /-\d\d$/ });
    expect((await names.allTextContents()).sort()).toEqual(['plain-18', 'plain-34', 'residual-18', 'residual-34']);
    const boxes = await Promise.all((await names.all()).map(name => name.boundingBox()));
    const tops = boxes.map(box => box?.y ?? 0).sort((a, b) => a - b);
    for (const [i, top] of tops.slice(1).entries()) expect(top - (tops[i] as number)).toBeGreaterThanOrEqual(13);
    await page.close();
  });

  test('headings descend one level at a time; tables have captions; header cells say what they head', async () => {
    const { page } = await open(path);
    const levels = await page.locator('h1, h2, h3').evaluateAll(all => all.map(one => Number(one.tagName.slice(1))));
    expect(levels[0]).toBe(1);
    for (const [i, level] of levels.slice(1).entries()) expect(level - (levels[i] as number)).toBeLessThanOrEqual(1);
    expect(await page.locator('table:not(:has(caption))').count()).toBe(0);
    expect(await page.locator('th:not([scope])').count()).toBe(0);
    for (const chart of await page.locator('.chart').all()) {
      expect(await chart.getAttribute('aria-label')).toMatch(/\.$/);
    }
    await page.close();
  });

  test('page and charts follow the scheme', async () => {
    const { page } = await open(path);
    const look = () =>
      page.evaluate(
        `[getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(document.querySelector('#chart-training-loss .mark-line path')).stroke]`,
      );
    const light = await look();
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await look();
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(light).toEqual(['rgb(255, 255, 255)', expect.stringMatching(/^rgb/)]);
    expect(dark).toEqual(['rgb(21, 24, 28)', expect.stringMatching(/^rgb/)]);
    expect((dark as string[])[1]).not.toBe((light as string[])[1]);
    expect(await look()).toEqual(light);
    await page.close();
  });

  test.each([
    ['CSV', 'effects.csv', /^claim,seed,value,low,high\ninteraction,1,/],
    ['Vega-Lite', 'effects.vl.json', /"\$schema": "https:\/\/vega\.github\.io\/schema\/vega-lite\/v6\.json"/],
    ['SVG', 'effects.svg', /^<svg (?!.*var\()/s],
    ['PNG', 'effects.png', /^\ufffdPNG/],
  ])('hands out a chart as %s', async (label, name, content) => {
    const { page } = await open(path);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page
        .locator('figure')
        .first()
        .getByRole('button', { name: `as ${label}` })
        .click(),
    ]);
    expect(download.suggestedFilename()).toBe(name);
    expect(readFileSync(await download.path(), 'utf8')).toMatch(content);
    await page.close();
  });

  test('single seeds appear on demand', async () => {
    const { page } = await open(path);
    const figure = page.locator('figure', { has: page.locator('#chart-training-loss') });
    const visible = () =>
      figure
        .locator('svg .mark-line path')
        .evaluateAll(paths => paths.filter(path => path.getAttribute('opacity') !== '0').length);
    const before = await visible();
    await figure.getByRole('checkbox', { name: 'Show each seed' }).check();
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
  expect(await page.locator('h1').textContent()).toBe(evil);
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
  const text = await page.locator('main').textContent();
  expect(text).toMatch(/\? Inconclusive:/);
  expect(text).toContain('By design: this tier is too short to decide. What would decide it: the quick tier.');
  expect(text).toContain('npx bench run degradation-34 --tier quick');
  expect(text).toContain('plain-18, seed 4: failed at step 17 of 480: diverged: the training loss is NaN at step 17');
  expect(await page.getByRole('cell', { name: '! missing' }).count()).toBe(1);
  await page.close();
});

test.each([
  ['more seeds', { strength: 0.12, seeds: 5 }, /the interval reaches over the margin.*about \d+ seeds.*--seeds \d+/is],
  ['the missing cells', { seeds: 5, missing: true }, /only 4 of 5 seeds.*the missing cells/is],
])('an inconclusive report names what would decide: %s', async (_, options, expected) => {
  const results = await inventResults(options);
  const runs = 'missing' in options ? results.runs.slice(1) : results.runs;
  const verdicts = judge({ ...results, decides: true, runs });
  const path = join(folder, 'why.html');
  await writeReport({ ...results, runs, verdicts }, path);
  const { page } = await open(path);
  expect(await page.locator('.verdict').textContent()).toMatch(expected);
  await page.close();
});

test('without any run there is still a page', async () => {
  const results = await inventResults({ seeds: 0 });
  const path = join(folder, 'empty.html');
  await writeReport(results, path);
  const { page, complaints } = await open(path);
  expect(await page.locator('.verdict').textContent()).toContain('Inconclusive');
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

test.runIf(process.platform === 'linux')('a place where no folder can be made is told at once', async () => {
  const results = await inventResults({ seeds: 1 });
  await expect(writeReport(results, '/proc/no/x.html')).rejects.toThrow(
    /^\/proc\/no\/x\.html: the report cannot be written/,
  );
});

test('folders on the way are made', async () => {
  const path = join(folder, 'one', 'two', 'x.html');
  await writeReport(await inventResults({ seeds: 1 }), path);
  expect(readFileSync(path, 'utf8')).toMatch(/^<!doctype html>/);
});

test('the same results give the same page, below 2 MB', async () => {
  const [first, second] = await Promise.all([1, 2].map(async () => renderReport(await inventResults())));
  expect(first === second).toBe(true);
  expect(first?.length).toBeLessThan(2e6);
});
