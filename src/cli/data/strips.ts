/** Rows of small pictures as addresses that hold a PNG. */
import type { ImageSet, Picture } from '../../core/dataset.ts';

const TILE = 64;
const GAP = 2;

/** `count` images of a class, side by side; null if it has none. */
export async function filmStrip(set: ImageSet, label: number, count: number, channels: number): Promise<string | null> {
  const chosen = evenlySpaced(indicesOf(set, label), count);
  if (chosen.length === 0) return null;
  const tiles: Picture[] = [];
  for (const index of chosen) tiles.push(await tileOf(set.image(index), channels));
  return sideBySide(tiles);
}

/** Pictures side by side. */
export async function stripOf(pictures: readonly Picture[], channels: number): Promise<string> {
  return sideBySide(await Promise.all(pictures.map(picture => tileOf(picture, channels))));
}

export async function thumbnail(picture: Picture, channels: number): Promise<string> {
  return stripOf([picture], channels);
}

function indicesOf({ labels }: ImageSet, label: number): number[] {
  const indices: number[] = [];
  for (let index = 0; index < labels.length; index++) if (labels[index] === label) indices.push(index);
  return indices;
}

function evenlySpaced(indices: readonly number[], count: number): number[] {
  const chosen = Math.min(count, indices.length);
  return Array.from({ length: chosen }, (_, i) => indices[Math.floor((i * indices.length) / chosen)] as number);
}

/** In colour, within the tile's size; small pictures stay as they are. Its own copy. */
async function tileOf({ height, width, pixels }: Picture, channels: number): Promise<Picture> {
  const { default: sharp } = await import('sharp');
  const raw = { height, width, channels: channels as 1 | 3 };
  const { data, info } = await sharp(Buffer.from(pixels), { raw })
    .resize({ height: TILE, width: TILE, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { height: info.height, width: info.width, pixels: data };
}

async function sideBySide(tiles: readonly Picture[]): Promise<string> {
  const { default: sharp } = await import('sharp');
  const height = Math.max(...tiles.map(tile => tile.height));
  const width = tiles.reduce((sum, tile) => sum + tile.width + GAP, -GAP);
  let left = 0;
  const layers = tiles.map(({ height, width, pixels }) => {
    const layer = { input: Buffer.from(pixels), raw: { height, width, channels: 3 as const }, left, top: 0 };
    left += width + GAP;
    return layer;
  });
  const background = { r: 0, g: 0, b: 0, alpha: 0 };
  const strip = sharp({ create: { height, width, channels: 4, background } }).composite(layers);
  return `data:image/png;base64,${(await strip.png().toBuffer()).toString('base64')}`;
}
