/** A page as a reader has it, and everything that it complained of or asked a network for. */
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launchBrowser } from './browser.ts';

export interface Opened {
  page: Page;
  /** Console messages, errors, and requests that leave the page's own place. */
  complaints: string[];
}

export interface Look {
  width?: number;
  colorScheme?: 'light' | 'dark';
}

/** One browser for the tests of a file. */
export function useBrowser(): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  return () => browser as Browser;
}

export const openPage = (browser: Browser, path: string, look?: Look): Promise<Opened> =>
  openAddress(browser, `file://${path}`, look);

export async function openAddress(
  browser: Browser,
  address: string,
  { width = 1280, colorScheme = 'light' }: Look = {},
): Promise<Opened> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  const complaints: string[] = [];
  page.on('console', message => complaints.push(message.text()));
  page.on('pageerror', error => complaints.push(error.message));
  page.on('request', request => {
    const url = request.url();
    if (!/^(file|data|blob):/.test(url) && !url.startsWith(`${new URL(address).origin}/`))
      complaints.push(`requested ${url}`);
  });
  await page.goto(address);
  await page.locator('html[data-drawn]').waitFor();
  return { page, complaints };
}

/** What axe finds with all that folds opened, a line each. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
  await page.evaluate(axe.source);
  return page.evaluate('axe.run().then(found => found.violations.map(one => one.id + ": " + one.nodes[0].html))');
}
