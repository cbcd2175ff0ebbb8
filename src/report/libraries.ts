import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { EXIT, UserError } from '../core/errors.ts';

const FILES = ['vega/build/vega.min.js', 'vega-lite/build/vega-lite.min.js', 'vega-embed/build/vega-embed.min.js'];

/** The code that draws, as it is put into the page, in the order in which it must run. */
export const readLibraries = (): string[] => FILES.map(readLibrary);

/** The packages' exports do not name these files, so they are looked for where Node looks for packages. */
function readLibrary(name: string): string {
  const folders = createRequire(import.meta.url).resolve.paths(name) ?? [];
  const path = folders.map(folder => join(folder, name)).find(existsSync);
  if (path === undefined) throw new UserError(`${name}: not installed. Run "npm ci".`, { exitCode: EXIT.noData });
  return readFileSync(path, 'utf8');
}
