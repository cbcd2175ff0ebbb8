/** Files that are published with gzip below a web address. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { download, SILENCE_MS } from './_download.ts';
import type { Source } from './_fetch.ts';
import { gunzipBounded } from './_gunzip.ts';

export function webSource(name: string, base: string, silenceMs = SILENCE_MS): Source {
  return {
    name,
    async read({ names, kept, report }) {
      const found = new Map<string, Buffer>();
      for (const file of names) {
        const url = new URL(`${file}.gz`, base);
        const partial = join(kept, `${file}.gz.part`);
        await download({ url, partial, silenceMs, report });
        found.set(file, await unpack(partial, `${file}.gz`));
      }
      return found;
    },
  };
}

async function unpack(partial: string, file: string): Promise<Buffer> {
  const bytes = await readFile(partial);
  await rm(partial);
  try {
    return gunzipBounded(bytes);
  } catch (error) {
    throw new Error(`${file}: got ${bytes.length} bytes that are no whole gzip file`, { cause: error });
  }
}
