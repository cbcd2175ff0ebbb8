import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openBrowser } from '../../src/cli/serve/open-browser.ts';
import { newFolder } from '../new-folder.ts';

const folder = newFolder(afterAll);

const opened = join(folder, 'opened');
/** Stands for the desktop's own. */
for (const name of ['xdg-open', 'open']) {
  writeFileSync(join(folder, name), `#!/bin/sh\necho "${name} $1" > ${opened}.new && mv ${opened}.new ${opened}\n`);
  chmodSync(join(folder, name), 0o755);
}
const PATH = `${folder}:/bin:/usr/bin`;

test.each([
  ['linux', { PATH, DISPLAY: ':0' }, 'xdg-open'],
  ['linux', { PATH, WAYLAND_DISPLAY: 'wayland-0' }, 'xdg-open'],
  ['darwin', { PATH }, 'open'],
] as const)('on %s with %j, its opener is asked: %s', async (platform, env, name) => {
  rmSync(opened, { force: true });
  openBrowser('http://127.0.0.1:1/?a=b&c', platform, env);
  await expect
    .poll(() => existsSync(opened) && readFileSync(opened, 'utf8'))
    .toBe(`${name} http://127.0.0.1:1/?a=b&c\n`);
});

test('without a display, or without an opener, nothing happens', async () => {
  rmSync(opened, { force: true });
  openBrowser('http://127.0.0.1:1/', 'linux', { PATH });
  openBrowser('http://127.0.0.1:1/', 'linux', { PATH: '/nowhere', DISPLAY: ':0' });
  await new Promise(resolve => setTimeout(resolve, 300));
  expect(existsSync(opened)).toBe(false);
});
