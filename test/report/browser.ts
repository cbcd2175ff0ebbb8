/** A real headless Chromium: the one that is installed, else Debian's package if we may install it. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findBrowser() ?? installBrowser(), args: ARGUMENTS });
}

const findBrowser = (): string | undefined =>
  [process.env.CHROME_PATH ?? '', ...PLACES].find(path => path !== '' && existsSync(path));

function installBrowser(): string {
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    execFileSync('apt-get', ['update'], { stdio: 'ignore' });
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { stdio: 'ignore' });
  }
  const path = findBrowser();
  if (path) return path;
  throw new Error('expected Chromium or Chrome for the tests of the report. Install it, or name it by CHROME_PATH.');
}
