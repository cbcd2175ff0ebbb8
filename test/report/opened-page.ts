/** A page as a reader has it, and everything that it complained of or asked a network for. */
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';

export interface Opened {
  page: Page;
  /** Console messages, errors, and requests that are not of files. */
  complaints: string[];
}

export interface Look {
  width?: number;
  colorScheme?: 'light' | 'dark';
}

export async function openPage(
  browser: Browser,
  path: string,
  { width = 1280, colorScheme = 'light' }: Look = {},
): Promise<Opened> {
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

/** What axe finds with all that folds opened, a line each. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
  await page.evaluate(axe.source);
  return page.evaluate('axe.run().then(found => found.violations.map(one => one.id + ": " + one.nodes[0].html))');
}
