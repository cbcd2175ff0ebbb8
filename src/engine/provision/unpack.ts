import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import yauzl from 'yauzl';
import { refusal } from '../../core/errors.ts';
import { ProgressLine } from './progress-line.ts';
import type { Wheel } from './wheel.ts';

/** The headers that tfjs-node's binding includes, and theirs: a few hundred kilobytes of 150 MB. */
const HEADERS =
  /^tensorflow\/include\/(tensorflow\/c\/|tensorflow\/core\/platform\/ctstring|tsl\/platform\/ctstring|xla\/tsl\/c\/).*\.h$/;
/** Of NVIDIA's: what is loaded or run, not headers and static libraries. */
const CUDA = /^nvidia\/\w+\/(lib\/[^/]+\.so[.\d]*|bin\/ptxas|nvvm\/libdevice\/[^/]+\.bc)$/;

/** Writes what is wanted into `folder`. The wheel's checksum must have been verified: only sizes are checked here. */
export async function unpackWheel(
  file: string,
  folder: string,
  { root, libraries }: Pick<Wheel, 'root' | 'libraries'>,
): Promise<void> {
  const zip = await yauzl.openPromise(file);
  const progress = new ProgressLine('TensorFlow: unpacking');
  const missing = new Set(libraries.map(library => `${root}/${library}`));
  const wanted = root === 'tensorflow' ? HEADERS : CUDA;
  try {
    for await (const entry of zip.eachEntry()) {
      if (!missing.delete(entry.fileName) && !wanted.test(entry.fileName)) continue;
      await unpackEntry(zip, entry, join(folder, entry.fileName.slice(root.length + 1)), progress);
    }
  } finally {
    progress.end();
    zip.close();
  }
  if (missing.size === 0) return;
  throw refusal(`${file}: expected ${[...missing].join(' and ')} in the wheel, found none.`);
}

/** Flushed, so that not even a power cut leaves a hole behind the rename that follows. */
async function unpackEntry(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
  target: string,
  progress: ProgressLine,
): Promise<void> {
  mkdirSync(dirname(target), { recursive: true });
  const source = await zip.openReadStreamPromise(entry);
  let bytes = 0;
  source.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    progress.show(bytes, entry.uncompressedSize);
  });
  await pipeline(source, createWriteStream(target, { flush: true, mode: modeOf(entry) }));
}

/** Programs must stay programs. A zip made on Unix has the mode in the upper half. */
const modeOf = ({ externalFileAttributes }: yauzl.Entry): number =>
  (externalFileAttributes >>> 16) & 0o111 ? 0o755 : 0o644;
