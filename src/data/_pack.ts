/**
 * Decoded pictures of a dataset in the cache, one file of pixels and one of their places: decoded once, read ever after.
 * Pictures are appended in shards. `pack.json`, replaced atomically after each shard, says how far the files are good:
 * what a killed process wrote beyond that is cut off, and the next one goes on from there.
 */
import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../core/atomic-file.ts';
import { describeError, EXIT, refusal, UserError } from '../core/errors.ts';
import { withFolderLock } from '../core/folder-lock.ts';
import { sha256 } from '../core/ids.ts';
import { unusableCache } from './_cache.ts';
import { DECODERS, type Decoded, decodeImage } from './_decode.ts';
import { inOrder } from './_in-order.ts';
import { Histogram } from './_moments.ts';
import { noteUse } from './_pack-garbage.ts';
import { encodePlace, PLACE_BYTES } from './_pack-index.ts';
import { NOTHING, type PackState, packFiles, packFolder, readState, writeState } from './_pack-state.ts';
import { openPack, type Packed } from './_packed-set.ts';
import { nowAndThen, type Report } from './_progress.ts';
import type { ScannedFile } from './_scan.ts';

/** A shard ends with the first of these. A kill costs one. */
const SHARD = { images: 2_048, bytes: 64 * 2 ** 20 };

export interface PackEntry {
  /** Below the dataset's folder. */
  path: string;
  /** Where the file lies. */
  source: string;
  label: number;
  set: 'train' | 'test';
  file: ScannedFile;
}

export interface PackRequest {
  title: string;
  fingerprint: string;
  shorterSide: number | null;
  count: number;
  damaged: 'fatal' | 'skip';
  entries(): AsyncIterable<PackEntry>;
  report: Report;
}

/** What was decoded so far may be of another content than its fingerprint says. */
export class ChangedWhileRead extends UserError {
  constructor(where: string) {
    super(`${where}: changed while the dataset was read. Run the command again.`, { exitCode: EXIT.noData });
  }
}

/** Makes the pack if it is not there, and opens it. Of several processes at once one makes it and the others wait. */
export async function packImages(request: PackRequest): Promise<Packed> {
  const folder = packFolder(request.fingerprint, request.shorterSide);
  const onWait = (): void => request.report(`${request.title}: another process is decoding it, waiting`);
  try {
    if (!readState(folder).complete) await withFolderLock(folder, onWait, () => fillPack(folder, request));
  } catch (error) {
    throw error instanceof UserError ? error : unusableCache(folder, error);
  }
  const state = readState(folder);
  if (request.damaged === 'fatal') requireWhole(state.damaged, request);
  noteUse(folder);
  return openPack(folder, state);
}

async function fillPack(folder: string, request: PackRequest): Promise<void> {
  const state = readState(folder);
  if (state.complete) return;
  const writer = new PackWriter(folder, state);
  const { title, count, report } = request;
  const progress = nowAndThen(report, images => `  ${title}: ${images} of ${count} images decoded`);
  try {
    const decode = async (entry: PackEntry) => ({ entry, picture: await decodeEntry(entry, request.shorterSide) });
    for await (const { entry, picture } of inOrder(skip(request.entries(), state.images), DECODERS, decode)) {
      writer.append(entry, picture);
      if ('damage' in picture && request.damaged === 'fatal') writer.commit();
      if (request.damaged === 'fatal') requireWhole(writer.damaged, request);
      progress(writer.images);
    }
    writer.commit('complete');
  } catch (error) {
    if (error instanceof ChangedWhileRead) writer.discard();
    throw error;
  } finally {
    writer.close();
  }
}

async function* skip<T>(items: AsyncIterable<T>, count: number): AsyncGenerator<T> {
  let passed = 0;
  for await (const item of items) if (passed++ >= count) yield item;
}

async function decodeEntry({ source, file }: PackEntry, shorterSide: number | null): Promise<Decoded> {
  const bytes = await readFile(source).catch(error => unreadable(source, error));
  if (sha256(bytes) === file.sha256) return decodeImage(bytes, shorterSide);
  throw new ChangedWhileRead(source);
}

/** Not the cache's fault. */
function unreadable(source: string, error: unknown): never {
  throw refusal(`${source}: cannot be read (${describeError(error)}).`, error);
}

function requireWhole(damaged: readonly string[], { title }: PackRequest): void {
  const [first] = damaged;
  if (first === undefined) return;
  const more = damaged.length > 1 ? ` and ${damaged.length - 1} more files` : '';
  const remedy =
    '"npx bench data check" lists all that cannot be decoded; "damaged": "skip" in dataset.json leaves them out';
  throw refusal(`${title}: ${first}${more}: expected an image. ${remedy}.`);
}

class PackWriter {
  private readonly folder: string;
  private readonly state: PackState;
  private readonly histogram: Histogram;
  private readonly files: Record<'pixels' | 'places' | 'sources', number>;
  private sinceCommit = { images: 0, bytes: 0 };

  constructor(folder: string, state: PackState) {
    this.folder = folder;
    this.state = structuredClone(state);
    this.histogram = new Histogram(3, state.histogram);
    this.files = {
      pixels: openAt(join(folder, packFiles.pixels), state.pixelBytes),
      places: openAt(join(folder, packFiles.places), state.images * PLACE_BYTES),
      sources: openAt(join(folder, packFiles.sources), state.sourceBytes),
    };
  }

  get images(): number {
    return this.state.images;
  }

  get damaged(): readonly string[] {
    return this.state.damaged;
  }

  append({ path, label, set }: PackEntry, picture: Decoded): void {
    const { state, files } = this;
    const { height, width, pixels } = 'damage' in picture ? { height: 0, width: 0, pixels: new Uint8Array() } : picture;
    if ('damage' in picture) state.damaged.push(`${path}: ${picture.damage}`);
    const source = Buffer.from(`${path}\n`);
    writeWhole(files.pixels, pixels, state.pixelBytes);
    const place = encodePlace({ offset: state.pixelBytes, height, width, label, set });
    writeWhole(files.places, place, state.images * PLACE_BYTES);
    writeWhole(files.sources, source, state.sourceBytes);
    if (set === 'train') this.histogram.add(pixels);
    state.images++;
    state.pixelBytes += pixels.length;
    state.sourceBytes += source.length;
    this.commitShard(pixels.length);
  }

  commit(how: 'complete' | 'shard' = 'shard'): void {
    for (const file of Object.values(this.files)) fsyncSync(file);
    const state: PackState = { ...this.state, complete: how === 'complete', histogram: [...this.histogram.values] };
    writeState(this.folder, state);
    this.sinceCommit = { images: 0, bytes: 0 };
  }

  discard(): void {
    writeState(this.folder, NOTHING);
  }

  close(): void {
    for (const file of Object.values(this.files)) closeSync(file);
  }

  private commitShard(bytes: number): void {
    this.sinceCommit.images++;
    this.sinceCommit.bytes += bytes;
    if (this.sinceCommit.images >= SHARD.images || this.sinceCommit.bytes >= SHARD.bytes) this.commit();
  }
}

/** What lies beyond `size` is of a shard that was not committed. */
function openAt(path: string, size: number): number {
  const file = openSync(path, size === 0 ? 'w' : 'r+');
  if (fstatSync(file).size > size) ftruncateSync(file, size);
  return file;
}
