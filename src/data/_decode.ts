/**
 * A picture from the bytes of its file: red, green and blue, 8 bits each. As torchvision reads one: the orientation that a
 * camera noted and embedded colour profiles are ignored, alpha is dropped, of an animation the first frame is taken.
 */
import { availableParallelism } from 'node:os';
import type { Picture } from '../core/dataset.ts';
import { describeError } from '../core/errors.ts';
import { readImageHeader } from './_image-header.ts';
import { decodeTurboJpeg } from './_turbo-jpeg.ts';
import { resample, sizeAtShorterSide } from './augment/resample.ts';

/** Pictures that are decoded at once. libuv has four threads unless UV_THREADPOOL_SIZE says otherwise. */
export const DECODERS = 2 * Math.max(2, Math.min(availableParallelism(), Number(process.env.UV_THREADPOOL_SIZE ?? 4)));

/** libjpeg goes on after these with pixels of its own making. Its other warnings leave the picture whole. */
const LOST_PIXELS = /bad Huffman|bad arithmetic|premature end|instead of RST/i;

/** libvips keeps its words in one place for all threads: now and then another picture's take them away. Then we ask again. */
const VAGUE = /^Warning treated as error/;
const TRIES = 3;

export type Decoded = Picture | { damage: string };

/** `shorterSide`: pixels after resizing, bilinear with antialiasing; null: as it is. Never throws, never makes pixels up. */
export async function decodeImage(bytes: Buffer, shorterSide: number | null): Promise<Decoded> {
  const use = (stored: Picture): Picture => atShorterSide(stored, shorterSide);
  const decoded = isPlainJpeg(bytes) ? await decodeTurboJpeg(bytes, use) : undefined;
  if (decoded !== undefined) return decoded;
  const stored = await decodeBySharp(bytes);
  return 'damage' in stored ? stored : use(stored);
}

/** At its stored size, whatever it is a picture of; or why not. */
export async function decodeBySharp(bytes: Buffer, tries = TRIES): Promise<Decoded> {
  try {
    return await decodeStrictly(bytes, 'warning');
  } catch (error) {
    const damage = bytes.length === 0 ? 'empty file' : lastLine(error);
    const isVague = VAGUE.test(damage);
    if (isVague && tries > 1) return decodeBySharp(bytes, tries - 1);
    if (isVague || LOST_PIXELS.test(damage)) return { damage };
    return decodeStrictly(bytes, 'error').catch(() => ({ damage }));
  }
}

const isPlainJpeg = (bytes: Buffer): boolean =>
  bytes.length > 2 && bytes.readUInt16BE(0) === 0xffd8 && readImageHeader(bytes).forms.length === 0;

async function decodeStrictly(bytes: Buffer, failOn: 'warning' | 'error'): Promise<Picture> {
  const { default: sharp } = await loadSharp();
  const { data, info } = await sharp(bytes, { failOn, ignoreIcc: true, pages: 1, limitInputPixels: 2 ** 30 })
    .removeAlpha()
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`expected 3 channels, got ${info.channels}`);
  return { height: info.height, width: info.width, pixels: data };
}

/** With pixels of its own. */
function atShorterSide(stored: Picture, shorterSide: number | null): Picture {
  const size = sizeAtShorterSide(stored, shorterSide);
  if (size.height === stored.height && size.width === stored.width) return { ...size, pixels: stored.pixels.slice() };
  const pixels = new Uint8Array(size.height * size.width * 3);
  resample(stored, 3, size, { top: 0, left: 0, ...size }, pixels);
  return { ...size, pixels };
}

/** Only who decodes pays for loading it. Pictures are decoded side by side, so each has one thread; none comes twice. */
async function loadSharp(): Promise<typeof import('sharp')> {
  const module = await import('sharp');
  module.default.concurrency(1);
  module.default.cache(false);
  return module;
}

function lastLine(error: unknown): string {
  return describeError(error).replace(/^Input buffer (contains|has) /, '');
}
