import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { drawingPage, drawNets } from '../../src/report/drawing/draw.ts';
import { newFolder } from '../new-folder.ts';
import { drawnNet } from './drawn-nets.ts';
import { useBrowser } from './opened-page.ts';

const folder = newFolder(afterAll);
const browser = useBrowser();

async function open(names: string[], options = {}): Promise<{ page: Page; complaints: string[]; requests: string[] }> {
  const drawing = await drawNets(await Promise.all(names.map(name => drawnNet(name))), options);
  const file = join(folder, `${names.join('-')}.html`);
  writeFileSync(file, await drawingPage(drawing));
  const page = await browser().newPage();
  const [complaints, requests]: [string[], string[]] = [[], []];
  page.on('console', message => complaints.push(message.text()));
  page.on('pageerror', error => complaints.push(error.message));
  page.on('request', request => requests.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  return { page, complaints, requests };
}

/** Texts that reach out of their box, as the browser sets them. */
const overflowing = (page: Page): Promise<string[]> =>
  page.evaluate(`[...document.querySelectorAll('.sheet .box')].flatMap(box => {
    const rects = [...box.querySelectorAll('rect')].map(rect => rect.getBoundingClientRect());
    const left = Math.min(...rects.map(rect => rect.left)), right = Math.max(...rects.map(rect => rect.right));
    const texts = [...box.querySelectorAll('text')].map(text => [text.textContent, text.getBoundingClientRect()]);
    const out = texts.filter(([, one]) => one.left < left || one.right > right);
    const lines = [['words', 'after'], ['name', 'size']].filter(([a, b]) => {
      const [first, second] = [box.querySelector('text.' + a), box.querySelector('text.' + b)];
      return first && second && first.getBoundingClientRect().right > second.getBoundingClientRect().left;
    });
    return [...out.map(([text]) => text), ...lines.map(([kind]) => kind + ' of ' + box.dataset.box)];
  })`);

describe('a drawing as a page', () => {
  test('opens without an error, a request or a script beside the report’s own, and text fits', async () => {
    for (const [names, options] of [
      [['vgg-e', 'plain-34', 'resnet-34'], {}],
      [['inception-v4'], { unfold: true }],
      [['alexnet'], {}],
    ] as const) {
      const { page, complaints, requests } = await open([...names], options);
      expect(complaints).toEqual([]);
      expect(requests).toHaveLength(1);
      expect(await page.locator('.sheet .box').count()).toBeGreaterThan(10);
      expect(await overflowing(page)).toEqual([]);
      await page.close();
    }
  }, 120_000);

  test('a folded block opens on a click, and the one before closes', async () => {
    const { page, complaints } = await open(['inception-resnet-v2']);
    expect(await page.locator('details.block[open]').count()).toBe(0);
    await page.click('a[href="#block-inception-resnet-v2-a1"]');
    await page.locator('details.block[open]').waitFor();
    expect(await page.locator('details.block[open] .box').count()).toBe(10);
    expect(await page.locator('details.block[open] .arc').count()).toBe(1);
    await page.click('a[href="#block-inception-resnet-v2-b1"]');
    await page.locator('details.block[open] summary', { hasText: 'b1 – b10' }).waitFor();
    expect(await page.locator('details.block[open]').count()).toBe(1);
    expect(complaints).toEqual([]);
    await page.close();
  }, 60_000);

  test('ids are unique, with two nets that have modules of one name', async () => {
    const { page } = await open(['inception-v1', 'inception-v3']);
    const ids: string[] = await page.evaluate(`[...document.querySelectorAll('[id]')].map(one => one.id)`);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    await page.close();
  }, 60_000);
});
