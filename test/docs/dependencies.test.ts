/** docs/dependencies.md and docs/licences.md against package.json, the lockfile and what is installed. */
import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { lockedPackages } from '../../scripts/licences/lockfile.ts';
import { LICENCES_PAGE, licencesPage } from '../../scripts/licences/page.ts';

vi.setConfig({ testTimeout: 240_000 }); // whole processes, on machines that may be busy

/** Each was read: none asks more of us than to keep its text. LGPL and EPL are libraries that stand beside our code. */
const LOOKED_AT = [
  ...['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD', 'BlueOak-1.0.0', 'Unlicense', 'MIT AND Zlib'],
  ...['Apache-2.0 AND MIT', '(BSD-3-Clause AND Apache-2.0)', '(MIT OR WTFPL)', '(BSD-2-Clause OR MIT OR Apache-2.0)'],
  ...['EPL-2.0 OR GPL-3.0-or-later', 'LGPL-3.0-or-later', 'Apache-2.0 AND LGPL-3.0-or-later'],
  'Apache-2.0 AND LGPL-3.0-or-later AND MIT',
];

const REGISTRY = 'https://registry.npmjs.org/';

const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
  'dependencies' | 'devDependencies',
  Record<string, string>
>;
const page = readFileSync('docs/dependencies.md', 'utf8');

test.each([
  ['What a run needs', dependencies],
  ['What development needs', devDependencies],
])('%s: what package.json has, and nothing else', (heading, packages) => {
  const [, section = ''] = new RegExp(`^## ${heading}\n(.*?)^## `, 'ms').exec(page) ?? [];
  const first = [...section.matchAll(/^\| (`.+?) \|/gm)].map(([, cell]) => cell as string);
  const named = first.flatMap(cell => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name as string));
  const isNamed = (name: string): boolean =>
    named.includes(name) || (name.startsWith('@types/') && named.includes('@types/…'));
  expect(Object.keys(packages).filter(name => !isNamed(name))).toEqual([]);
  expect(named.filter(name => name !== '@types/…' && !(name in packages))).toEqual([]);
  expect(Object.values(packages).filter(version => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test('the licences are those of what is installed: `npm run licences` writes them', async () => {
  const licences = await licencesPage();
  expect(readFileSync(LICENCES_PAGE, 'utf8')).toBe(licences);
  const named = [...licences.matchAll(/^\| (.+?) \| \d+ \|/gm)].map(([, licence]) => licence);
  expect(named.filter(licence => !LOOKED_AT.includes(licence as string))).toEqual([]);
});

test('no package comes from elsewhere than npm’s registry, and each has its checksum', () => {
  const odd = lockedPackages({ development: true }).filter(
    ({ resolved, integrity }) => !(resolved ?? REGISTRY).startsWith(REGISTRY) || !integrity?.startsWith('sha512-'),
  );
  expect(odd.map(({ name }) => name)).toEqual([]);
});

test('no install script runs, and each that does not is named', () => {
  expect(readFileSync('.npmrc', 'utf8')).toMatch(/^ignore-scripts=true$/m);
  const [, section = ''] = /^## Install scripts\n(.*?)^## /ms.exec(page) ?? [];
  const named = [...section.matchAll(/^\| `(.+?)` \|/gm)].map(([, name]) => name);
  const present = lockedPackages({ development: true }).filter(({ hasInstallScript }) => hasInstallScript);
  expect(named.sort()).toEqual([...new Set(present.map(({ name }) => name))].sort());
});
