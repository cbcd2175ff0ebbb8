/** Who imports whom in src/, read from the files. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const SRC = resolve('src');
const IMPORT = /(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g;

/** Paths below src/. */
export const sourceFiles: readonly string[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts'))
  .sort();

export const folderOf = (path: string): string => path.split('/')[0] as string;

/** What a file's static and dynamic imports name, types included. */
function importsOf(file: string): string[] {
  return [...readFileSync(join(SRC, file), 'utf8').matchAll(IMPORT)].map(match => match[1] as string);
}

/** Of those the ones in src/, as paths below it. */
export function ownImportsOf(file: string): string[] {
  return importsOf(file)
    .filter(name => name.startsWith('.'))
    .map(name => relative(SRC, join(SRC, dirname(file), name)));
}

/** Folder → the other folders that its files import. */
export function folderImports(): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const file of sourceFiles.filter(name => name.includes('/'))) {
    const folder = folderOf(file);
    const targets = found.get(folder) ?? new Set();
    for (const target of ownImportsOf(file).map(folderOf)) if (target !== folder) targets.add(target);
    found.set(folder, targets);
  }
  return found;
}
