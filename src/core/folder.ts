import { readdir } from 'node:fs/promises';

export interface FolderEntry<T> {
  /** The module's address. */
  url: URL;
  /** Its default export. */
  value: T;
}

/**
 * The default exports of a folder's modules: a folder is its own registry. Files whose name begins with an underscore
 * and index files are parts, not entries. Works in src/ (tests) and in dist/ (what users run).
 */
export async function loadFolder<T>(folder: URL): Promise<FolderEntry<T>[]> {
  const names = (await readdir(folder)).filter(isEntry).sort();
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
