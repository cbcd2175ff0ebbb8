/**
 * Opens a report in headless Chromium and writes what a reader sees as PNG: wide and narrow, light and dark.
 *
 *   npm run screenshots -- reports/degradation-34.html docs/images/degradation-34 1390
 *
 * Without a height the pictures are as long as the page.
 */
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../test/report/browser.ts';

const LOOKS = [
  { suffix: '', width: 1280, colorScheme: 'light' },
  { suffix: '-dark', width: 1280, colorScheme: 'dark' },
  { suffix: '-narrow', width: 400, colorScheme: 'light' },
  { suffix: '-narrow-dark', width: 400, colorScheme: 'dark' },
] as const;

const [report, prefix = 'report', height] = process.argv.slice(2);
if (report === undefined) {
  process.stderr.write('expected a report: npm run screenshots -- REPORT.html [PREFIX] [HEIGHT]\n');
  process.exit(2);
}
const browser = await launchBrowser();
for (const look of LOOKS) await takeScreenshot(browser, report, look);
await browser.close();

async function takeScreenshot(browser: Browser, report: string, look: (typeof LOOKS)[number]): Promise<void> {
  const { suffix, width, colorScheme } = look;
  const viewport = { width, height: Number(height ?? 900) };
  const page = await browser.newPage({ viewport, colorScheme });
  page.on('console', message => process.stderr.write(`${message.text()}\n`));
  page.on('pageerror', error => process.stderr.write(`${error.message}\n`));
  await page.goto(pathToFileURL(report).href);
  await page.locator('html[data-drawn]').waitFor();
  const path = `${prefix}${suffix}.png`;
  await page.screenshot({ path, fullPage: height === undefined });
  process.stdout.write(`${path}\n`);
  await page.close();
}
