import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import yauzl from 'yauzl';

/** The headers that tfjs-node's binding includes, and theirs: a few hundred kilobytes of 150 MB. */
const HEADERS =
  /^tensorflow\/include\/(tensorflow\/c\/|tensorflow\/core\/platform\/ctstring|tsl\/platform\/ctstring|xla\/tsl\/c\/).*\.h$/;

/** Writes the libraries and `include/` into `folder`. A zip's entries carry CRCs: a damaged one throws. */
export async function unpackWheel(file: string, folder: string, libraries: readonly string[]): Promise<void> {
  const zip = await yauzl.openPromise(file);
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName;
    const wanted = HEADERS.test(name) || libraries.some(library => name === `tensorflow/${library}`);
    if (!wanted) continue;
    const target = join(folder, name.slice('tensorflow/'.length));
    mkdirSync(dirname(target), { recursive: true });
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target));
  }
}
