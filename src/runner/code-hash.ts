/** What "code" means in a cell's identity: the bytes of the modules that its worker runs, not the commit. */
import { readFile } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CellConfig } from '../core/cell-config.ts';
import { hashOf, sha256 } from '../core/ids.ts';
import { packageRoot } from '../core/places.ts';
import { datasetModule } from '../data/index.ts';
import { netModule } from '../nets/index.ts';

const WORKER = new URL('./worker.js', import.meta.url);
/** A relative import, static or dynamic. Folder registries import by computed names: their one entry is added by name. */
const IMPORT = /(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g;

const known = new Map<string, Promise<string>>();

/** SHA-256 over the worker's modules, among nets and datasets only the ones that this cell uses. */
export async function codeHash({ net, dataset }: CellConfig): Promise<string> {
  const entries = [WORKER, await netModule(net), await datasetModule(dataset)];
  const key = entries.map(String).join();
  const hash = known.get(key) ?? hashModules(entries);
  known.set(key, hash);
  return hash;
}

async function hashModules(entries: readonly URL[]): Promise<string> {
  const hashes = new Map<string, string>();
  const queue = [...entries];
  for (let url = queue.pop(); url; url = queue.pop()) {
    const name = nameOf(fileURLToPath(url));
    if (hashes.has(name)) continue;
    const text = await readModule(url);
    hashes.set(name, sha256(text));
    queue.push(...importsOf(text, url));
  }
  return hashOf(Object.fromEntries(hashes));
}

/** Below the package, or below the project whose net or dataset it is: the same wherever the two lie. */
function nameOf(path: string): string {
  return relative(path.startsWith(`${packageRoot}${sep}`) ? packageRoot : '.', path);
}

function importsOf(text: string, from: URL): URL[] {
  return [...text.matchAll(IMPORT)].map(match => new URL(match[1] as string, from));
}

/** In tests the modules are TypeScript, and say `.ts` where the compiled ones say `.js`. */
async function readModule(url: URL): Promise<string> {
  try {
    return await readFile(url, 'utf8');
  } catch {
    return readFile(new URL(url.href.replace(/\.js$/, '.ts')), 'utf8');
  }
}
