/** The registry of nets for programs that run under jiti. */
import { readdirSync } from 'node:fs';
import * as nets from '../../src/nets/index.ts';

const FOLDER = new URL('../../src/nets/', import.meta.url);

/** jiti hands modules that are imported at the same time parts that have not run yet: so one after the other. */
export async function loadNets(): Promise<typeof nets> {
  for (const file of readdirSync(FOLDER).sort()) await import(new URL(file, FOLDER).href);
  return nets;
}
