import { readdir } from 'node:fs/promises';

/**
 * The default exports of a folder's modules: a folder is its own registry. Files whose name begins with an underscore
 * and index files are parts, not entries. Works in src/ (tests) and in dist/ (what users run).
 */
export async function loadFolder<T>(folder: URL): Promise<T[]> {
  const names = (await readdir(folder)).filter(isEntry).sort();
  const modules = await Promise.all(names.map(name => import(new URL(name, folder).href) as Promise<{ default: T }>));
  return modules.map(module => module.default);
}

function isEntry(name: string): boolean {
  return /^[a-z0-9][a-z0-9.-]*\.(js|ts)$/.test(name) && !name.endsWith('.d.ts') && !/^index\./.test(name);
}
