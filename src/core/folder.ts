import { readdir } from 'node:fs/promises';

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
  const all = (await readdir(folder)).filter(isEntry).sort();
  const one = all.filter(name => only !== undefined && name.replace(/\.[jt]s$/, '') === only);
  const names = one.length > 0 ? one : all;
  const entries: FolderEntry<T>[] = [];
  // One after the other: loaders of TypeScript trip over modules that import one another at the same time.
  for (const name of names) entries.push(await loadEntry<T>(new URL(name, folder)));
  return entries;
}

async function loadEntry<T>(url: URL): Promise<FolderEntry<T>> {
  const module = (await import(url.href)) as { default: T };
  return { url, value: module.default };
}

function isEntry(name: string): boolean {
  return /^[a-z0-9][a-z0-9.-]*\.(js|ts)$/.test(name) && !name.endsWith('.d.ts') && !/^index\./.test(name);
}
