import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Of all files of a folder and of those in it. */
export function bytesIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}
