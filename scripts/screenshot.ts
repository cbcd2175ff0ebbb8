/**
 * Opens a page in headless Chromium and writes what a reader sees as PNG: a report, or an address of the live view.
 *
 *   npm run screenshots -- reports/degradation-34.html docs/images/degradation-34 1390 light,dark
 *   npm run screenshots -- http://127.0.0.1:4747/experiments/degradation-34 docs/images/live 1000 light
 *
 * Without a height (or with 0) the pictures are as long as the page; without looks all of them are made.
 */
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../test/report/browser.ts';

const LOOKS = {
  light: { suffix: '', width: 1280, colorScheme: 'light' },
  dark: { suffix: '-dark', width: 1280, colorScheme: 'dark' },
  narrow: { suffix: '-narrow', width: 400, colorScheme: 'light' },
  'narrow-dark': { suffix: '-narrow-dark', width: 400, colorScheme: 'dark' },
  wide: { suffix: '-wide', width: 2560, colorScheme: 'light' },
} as const;
type LookName = keyof typeof LOOKS;

const [place, prefix = 'report', height = '0', looks = Object.keys(LOOKS).join()] = process.argv.slice(2);
const names = looks.split(',');
if (place === undefined || !names.every(isLook)) {
  process.stderr.write(
    `expected a page: npm run screenshots -- PAGE [PREFIX] [HEIGHT] [LOOKS], of looks ${Object.keys(LOOKS).join(', ')}\n`,
  );
  process.exit(2);
}
const browser = await launchBrowser();
for (const name of names) await takeScreenshot(browser, place, LOOKS[name as LookName]);
await browser.close();

function isLook(name: string): name is LookName {
  return name in LOOKS;
}

async function takeScreenshot(browser: Browser, place: string, look: (typeof LOOKS)[LookName]): Promise<void> {
  const { suffix, width, colorScheme } = look;
  const viewport = { width, height: Number(height) || 900 };
  const page = await browser.newPage({ viewport, colorScheme });
  page.on('console', message => process.stderr.write(`${message.text()}\n`));
  page.on('pageerror', error => process.stderr.write(`${error.message}\n`));
  await page.goto(/^https?:/.test(place) ? place : pathToFileURL(place).href);
  await page.locator('html[data-drawn]').waitFor();
  const path = `${prefix}${suffix}.png`;
  await page.screenshot({ path, fullPage: Number(height) === 0 });
  process.stdout.write(`${path}\n`);
  await page.close();
}
