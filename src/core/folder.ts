import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UserError } from './errors.ts';

export interface FolderEntry<T> {
  /** The module's address. */
  url: URL;
  /** Its default export. */
  value: T;
}

/**
 * The default exports of a folder's modules: a folder is its own registry. Files whose name begins with an underscore
 * and index files are parts, not entries. Works in src/ (tests) and in dist/ (what users run). If there is a file named
 * `only` (without its ending) it alone is loaded: whoever knows the name need not wait for the others.
 */
export async function loadFolder<T>(folder: URL, only?: string): Promise<FolderEntry<T>[]> {
  const entries: FolderEntry<T>[] = [];
  // One after the other: loaders of TypeScript trip over modules that import one another at the same time.
  for (const name of chosen(await readdir(folder), only)) entries.push(await loadEntry<T>(new URL(name, folder)));
  return entries;
}

/**
 * The same of the user's project, the working folder: `nets/` and `datasets/` stand beside `experiments/`, and need not
 * be there. Throws one line if a file cannot be read, or if `isOne` says that its export is something else.
 */
export async function loadProjectFolder<T>(
  kind: 'net' | 'dataset',
  isOne: (value: T) => boolean,
  only?: string,
): Promise<FolderEntry<T>[]> {
  const folder = resolve(`${kind}s`);
  if (!existsSync(folder)) return [];
  const { importDefault } = await import('./import-default.ts');
  const entries: FolderEntry<T>[] = [];
  for (const file of chosen(await readdir(folder), only).map(name => join(folder, name))) {
    const value = (await importDefault(file, `a ${kind}`)) as T;
    if (!isOne(value)) throw new UserError(`${file}: expected \`export default\` of a ${kind}, got something else.`);
    entries.push({ url: pathToFileURL(file), value });
  }
  return entries;
}

async function loadEntry<T>(url: URL): Promise<FolderEntry<T>> {
  const module = (await import(url.href)) as { default: T };
  return { url, value: module.default };
}

function chosen(names: readonly string[], only: string | undefined): string[] {
  const entries = names.filter(isEntry).sort();
  const one = entries.filter(name => only !== undefined && name.replace(/\.[jt]s$/, '') === only);
  return one.length > 0 ? one : entries;
}

function isEntry(name: string): boolean {
  return /^[a-z0-9][a-z0-9.-]*\.(js|ts)$/.test(name) && !name.endsWith('.d.ts') && !/^index\./.test(name);
}
