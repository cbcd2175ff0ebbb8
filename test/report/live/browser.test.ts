/** Live pages in a real browser, while a run is written. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TrackedRun } from '../../../src/track/index.ts';
import { type Look, type Opened, openAddress, useBrowser, violations } from '../opened-page.ts';
import { LivePlace, logCurve } from './place.ts';

const place = new LivePlace();
const browser = useBrowser();
let at: string;
let run: TrackedRun;
const stopped: string[] = [];

beforeAll(async () => {
  for (const kind of ['plain', 'residual']) {
    for (const seed of [1, 2]) {
      run = place.begin({ kind, seed });
      logCurve(run, 1, 100 * seed, kind === 'plain' ? 0.2 : 0);
    }
  }
  at = await place.serve({ control: { stop: id => void stopped.push(id), resume: () => {} } });
});
afterAll(() => place.remove());

const open = (path: string, look?: Look): Promise<Opened> => openAddress(browser(), at + path, look);

/** Playwright's own waiting would evaluate a string in the page, which its policy forbids. */
const becomesTrue = (page: Page, expression: string): Promise<void> =>
  expect.poll(() => page.evaluate(expression), { timeout: 5000, interval: 20 }).toBe(true);

const lastStep = (page: Page): Promise<number> =>
  page.evaluate<number>('Math.max(...views["train-loss"].data("rows").map(row => row.step))');

describe.each([
  ['experiments', '/', 0],
  ['runs', '/runs', 0],
  ['an experiment', '/experiments/depth', 2],
  ['a run', '', 2],
])('%s', (_, path, charts) => {
  test.each([
    { width: 1280, colorScheme: 'light' as const },
    { width: 400, colorScheme: 'dark' as const },
  ])('at $width px, $colorScheme: drawn, nothing complains, nothing overflows, axe finds nothing', async look => {
    const { page, complaints } = await open(path || `/runs/${run.id}`, look);
    await page.locator(`html[data-drawn="${charts}"]`).waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    expect(await page.locator('.chart svg .mark-line path').count()).toBeGreaterThanOrEqual(charts);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

test.each([
  ['a run', () => `/runs/${run.id}`, (step: number) => `${step} of 400`],
  ['an experiment', () => '/experiments/depth', (step: number) => `${step + 400} of 1,600`],
])('a point that is written appears in the chart and in the figures of %s', async (_, path, figures) => {
  const { page, complaints } = await open(path());
  await page.locator('html[data-drawn="2"]').waitFor();
  const before = await lastStep(page);
  const line = page.locator('#chart-train-loss .mark-line path').last();
  const drawn = await line.getAttribute('d');
  logCurve(run, before + 1, before + 10);
  await becomesTrue(page, `Math.max(...views["train-loss"].data("rows").map(row => row.step)) === ${before + 10}`);
  expect(await line.getAttribute('d')).not.toBe(drawn);
  await page
    .locator('#part-head')
    .getByText(figures(before + 10))
    .waitFor();
  expect(complaints).toEqual([]);
  await page.close();
});

test('a run that begins while one looks appears by itself, and so does its end', async () => {
  const { page, complaints } = await open('/experiments/lately');
  await page.getByText('No run of an experiment').waitFor();
  const late = place.begin({ experiment: 'lately', steps: 10 });
  logCurve(late, 1, 10);
  await page.locator('.cells').getByText('running').waitFor();
  late.finish();
  await page.locator('.cells').getByText('finished').waitFor();
  // What is not there yet is answered with 404, and Chromium says so.
  expect(complaints.filter(one => !/the server responded with a status of 404/.test(one))).toEqual([]);
  await page.close();
});

test('steps by keyboard and by dragging are asked of the server; the whole curve comes back', async () => {
  const { page, complaints } = await open(`/runs/${run.id}`);
  await page.locator('html[data-drawn="2"]').waitFor();
  const limits = (): Promise<number[]> =>
    page.evaluate('[views["train-loss"].signal("first"), views["train-loss"].signal("last")]');
  const whole = await limits();
  const first = page.locator('#bindings-train-loss input').first();
  await first.fill('50');
  await first.press('Tab');
  await becomesTrue(page, 'views["train-loss"].data("rows").every(row => row.step >= 50)');
  expect((await limits())[0]).toBe(50);

  const box = await page.locator('#chart-train-loss svg').boundingBox();
  if (box === null) throw new Error('no chart');
  await page.mouse.move(box.x + 0.4 * box.width, box.y + 100);
  await page.mouse.down();
  await page.mouse.move(box.x + 0.7 * box.width, box.y + 120, { steps: 5 });
  await page.mouse.up();
  await becomesTrue(page, 'views["train-loss"].signal("last") < 190');
  expect((await limits())[0]).toBeGreaterThan(50);

  await page.getByRole('button', { name: 'Whole curve' }).click();
  await becomesTrue(page, `views["train-loss"].signal("first") === ${whole[0]}`);
  expect(complaints).toEqual([]);
  await page.close();
});

test('steps that are typed while an answer is on its way are not lost', async () => {
  const { page, complaints } = await open(`/runs/${run.id}`);
  await page.locator('html[data-drawn="2"]').waitFor();
  let release: (() => void) | undefined;
  const released = new Promise<void>(resolve => {
    release = resolve;
  });
  let asked = 0;
  await page.route('**/now/**', async route => {
    asked++;
    await released;
    await route.continue();
  });
  await page.evaluate('void refresh()');
  await expect.poll(() => asked).toBe(1);
  const first = page.locator('#bindings-train-loss input').first();
  await first.fill('50');
  await first.press('Tab');
  release?.();
  await becomesTrue(page, 'views["train-loss"].data("rows").every(row => row.step >= 50)');
  expect(complaints).toEqual([]);
  await page.close();
});

test('logarithms upwards, while points go on to come', async () => {
  const { page, complaints } = await open('/experiments/depth');
  await page.locator('html[data-drawn="2"]').waitFor();
  const ticks = () => page.locator('#chart-train-loss svg .role-axis-label text').allTextContents();
  const line = page.locator('#chart-train-loss .mark-line path').last();
  const [plainTicks, plainLine] = [await ticks(), await line.getAttribute('d')];
  await page.locator('#bindings-train-loss').getByLabel('Log upwards').check();
  await expect.poll(ticks).not.toEqual(plainTicks);
  expect(await line.getAttribute('d')).not.toBe(plainLine);
  const before = await lastStep(page);
  logCurve(run, before + 1, before + 2);
  await becomesTrue(page, `Math.max(...views["train-loss"].data("rows").map(row => row.step)) === ${before + 2}`);
  const names = page.locator('#chart-train-loss .mark-text text').filter({ hasText: /-18$/ });
  expect((await names.allTextContents()).sort()).toEqual(['plain-18', 'residual-18']);
  expect(complaints).toEqual([]);
  await page.close();
});

test('what has the focus keeps it when the page changes; a heading orders the list', async () => {
  const { page } = await open('/runs');
  const link = page.getByRole('link', { name: run.id });
  await link.focus();
  const shown = Number(await page.locator('#live').getAttribute('data-shown'));
  logCurve(run, 390, 391);
  await becomesTrue(page, `Number(document.getElementById('live').dataset.shown) > ${shown + 1}`);
  expect(await page.evaluate('document.activeElement.textContent')).toBe(run.id);
  await page.getByRole('link', { name: 'Seed' }).press('Enter');
  await page.locator('th[aria-sort="ascending"]').getByText('Seed').waitFor();
  await page.close();
});

test('Stop asks for the run to be stopped, by keyboard too', async () => {
  const { page, complaints } = await open(`/runs/${run.id}`);
  await page.getByRole('button', { name: 'Stop' }).press('Enter');
  await page.waitForURL(`${at}/runs/${run.id}`);
  await page.locator('html[data-drawn="2"]').waitFor();
  expect(stopped).toEqual([run.id]);
  expect(complaints).toEqual([]);
  await page.close();
});

test('an address with a token leads to the page, and leaves the token behind', async () => {
  const guarded = await place.serve({ token: 'abcdefghijklmnop' });
  const page = await browser().newPage();
  await page.goto(`${guarded}/runs?token=abcdefghijklmnop`);
  await page.waitForURL(`${guarded}/runs`);
  await page.getByText('Live', { exact: true }).waitFor();
  expect(page.url()).toBe(`${guarded}/runs`);
  await page.close();
});

test('names that are HTML, long or from right to left are text', async () => {
  const name = `<img src=x onerror="document.title='hit'"> ‮ 🦊 ${'x'.repeat(120)}`;
  const odd = place.begin({ experiment: name, kind: '<b>', depth: '"' });
  odd.log({ [name]: 1, 'train.loss': 2 });
  odd.log({ [name]: 2, 'train.loss': 1 });
  for (const path of ['/', '/runs', `/runs/${odd.id}`, `/experiments/${encodeURIComponent(name)}`]) {
    const { page, complaints } = await open(path, { width: 400 });
    await page.getByText('Live', { exact: true }).waitFor();
    await becomesTrue(page, 'document.getElementById("live").dataset.shown >= 1'); // it was not loaded again instead
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).not.toBe('hit');
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
    await page.close();
  }
});
