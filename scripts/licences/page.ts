/** The licences of all packages that a run needs, by license-checker-rseidelsohn; of other machines' by the lockfile. */
import { execa } from 'execa';
import { type LockedPackage, lockedPackages } from './lockfile.ts';

export const LICENCES_PAGE = 'docs/licences.md';

const INTRODUCTION = `# Licences

Of every package that is installed with convbench, those of packages included. Written by \`npm run licences\`; a test fails if it is stale, or
if a licence is none of those that were looked at. [Dependencies](dependencies.md) says what the direct ones are for.
`;
const NATIVE = `## Compiled parts

One of each kind is installed, that for the machine. libvips (LGPL) is a library of its own that sharp loads, and may be replaced.
`;
/** Names that say the same in other words. */
const SAME: Record<string, string> = { 'MIT*': 'MIT', '(MIT AND Zlib)': 'MIT AND Zlib' };

export async function licencesPage(): Promise<string> {
  const locked = lockedPackages();
  const native = locked.filter(({ isNative }) => isNative);
  const found = (await installedLicences()).filter(({ name }) => !native.some(one => one.name === name));
  return [
    `${INTRODUCTION}\n${table(found)}`,
    `${NATIVE}\n${table(native.map(({ name, version, licence }) => ({ name, version, licence })))}`,
  ].join('\n');
}

type Licensed = Pick<LockedPackage, 'name' | 'version' | 'licence'>;

async function installedLicences(): Promise<Licensed[]> {
  const options = ['--production', '--json', '--excludePackagesStartingWith', 'convbench'];
  const { stdout } = await execa('node_modules/.bin/license-checker-rseidelsohn', options);
  const found = Object.entries(JSON.parse(stdout) as Record<string, { licenses: string }>);
  return found.map(([id, { licenses }]) => {
    const at = id.lastIndexOf('@');
    return { name: id.slice(0, at), version: id.slice(at + 1), licence: SAME[licenses] ?? licenses };
  });
}

/** A row a licence, the commonest first. */
function table(packages: readonly Licensed[]): string {
  const licences = [...new Set(packages.map(({ licence }) => licence))];
  const rows = licences.map(name => [name, packages.filter(({ licence }) => licence === name)] as const);
  rows.sort(([a, some], [b, others]) => others.length - some.length || a.localeCompare(b));
  const lines = rows.map(
    ([licence, some]) => `| ${licence} | ${some.length} | ${some.map(nameOf).sort().join(', ')} |`,
  );
  return ['| licence | packages | |', '|---|---|---|', ...lines, ''].join('\n');
}

const nameOf = ({ name, version }: Licensed): string => `${name} ${version}`;
