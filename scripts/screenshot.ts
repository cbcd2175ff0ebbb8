/**
 * Opens a report in headless Chromium and writes what a reader sees as PNG: wide and narrow, light and dark.
 *
 *   npm run screenshots -- reports/degradation-34.html docs/images/report
 */
import { pathToFileURL } from 'node:url';
import { launchBrowser } from '../test/report/browser.ts';

const LOOKS = [1280, 400].flatMap(width => (['light', 'dark'] as const).map(colorScheme => ({ width, colorScheme })));
const HEIGHT_PX = 900;

const [report, prefix = 'report'] = process.argv.slice(2);
if (report === undefined) {
  process.stderr.write('expected a report: npm run screenshots -- REPORT.html [PREFIX]\n');
  process.exit(2);
}
const browser = await launchBrowser();
for (const { width, colorScheme } of LOOKS) {
  const page = await browser.newPage({ viewport: { width, height: HEIGHT_PX }, colorScheme });
  page.on('console', message => process.stderr.write(`${message.text()}\n`));
  page.on('pageerror', error => process.stderr.write(`${error.message}\n`));
  await page.goto(pathToFileURL(report).href);
  await page.locator('html[data-drawn]').waitFor();
  const path = `${prefix}-${width}-${colorScheme}.png`;
  await page.screenshot({ path, fullPage: true });
  process.stdout.write(`${path}\n`);
  await page.close();
}
await browser.close();
