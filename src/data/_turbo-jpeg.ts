/**
 * JPEG by libturbojpeg, which an npm package has for Linux; its own binding would trade exactness for speed, so the library is
 * called directly. The pixels are those of sharp, bit for bit, in less than half the time. Where there is no such library
 * nothing is decoded here.
 */
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import type { Picture } from '../core/dataset.ts';

/** turbojpeg.h, version 3. */
const DECOMPRESS = 1;
const HEADER = { width: 5, height: 6 } as const;
const RGB = 0;
const OWN_STRIDE = 0;
/** A damaged header may say anything. */
const MOST_PIXELS = 2 ** 28;

/**
 * What `use` makes of the picture, whose pixels are its own only until it returns. Undefined: not decoded, for whatever
 * reason. Whoever asks has another way, and its words for what is wrong.
 */
export async function decodeTurboJpeg<T>(bytes: Buffer, use: (picture: Picture) => T): Promise<T | undefined> {
  library ??= loadLibrary();
  const turbo = await library;
  if (turbo === undefined) return undefined;
  const decoder = turbo.init(DECOMPRESS);
  try {
    if (turbo.readHeader(decoder, bytes, bytes.length) !== 0) return undefined;
    const [height, width] = [turbo.get(decoder, HEADER.height), turbo.get(decoder, HEADER.width)];
    if (height * width > MOST_PIXELS) return undefined;
    const buffer = takeBuffer(height * width * 3);
    const isWhole = (await turbo.decompress(decoder, bytes, buffer)) === 0; // else an error, or a warning: pixels may be lost
    const used = isWhole ? use({ height, width, pixels: buffer.subarray(0, height * width * 3) }) : undefined;
    giveBack(buffer);
    return used;
  } finally {
    turbo.destroy(decoder);
  }
}

/** Fresh memory costs a tenth of a decoded picture. Large buffers are not kept. */
const KEPT = { buffers: 16, bytes: 4 * 2 ** 20 };
const buffers: Uint8Array[] = [];

function takeBuffer(bytes: number): Uint8Array {
  const buffer = buffers.pop();
  return buffer !== undefined && buffer.length >= bytes ? buffer : new Uint8Array(bytes);
}

function giveBack(buffer: Uint8Array): void {
  if (buffer.length <= KEPT.bytes && buffers.length < KEPT.buffers) buffers.push(buffer);
}

type Decoder = unknown;

interface TurboJpeg {
  init(what: number): Decoder;
  readHeader(decoder: Decoder, bytes: Buffer, length: number): number;
  get(decoder: Decoder, parameter: number): number;
  /** On a thread of libuv's. */
  decompress(decoder: Decoder, bytes: Buffer, pixels: Uint8Array): Promise<number>;
  destroy(decoder: Decoder): void;
}

let library: Promise<TurboJpeg | undefined> | undefined;

async function loadLibrary(): Promise<TurboJpeg | undefined> {
  if (platform() !== 'linux') return undefined;
  try {
    const { default: koffi } = await import('koffi');
    const file = koffi.load(libraryPath());
    const decompress = file.func('int tj3Decompress8(void *, void *, size_t, void *, int, int)');
    return {
      init: file.func('void *tj3Init(int)') as TurboJpeg['init'],
      readHeader: file.func('int tj3DecompressHeader(void *, void *, size_t)') as TurboJpeg['readHeader'],
      get: file.func('int tj3Get(void *, int)') as TurboJpeg['get'],
      destroy: file.func('void tj3Destroy(void *)') as TurboJpeg['destroy'],
      decompress: (decoder, bytes, pixels) =>
        new Promise((resolve, reject) => {
          const done = (error: unknown, result: number): void => (error ? reject(error) : resolve(result));
          decompress.async(decoder, bytes, bytes.length, pixels, OWN_STRIDE, RGB, done);
        }),
    };
  } catch {
    return undefined; // another C library, another processor, or left out by whoever installed
  }
}

function libraryPath(): string {
  const home = dirname(createRequire(import.meta.url).resolve('@julusian/jpeg-turbo/package.json'));
  return join(home, 'prebuilds', `jpeg-turbo-linux-${arch()}`, 'libturbojpeg.so.0');
}
