/** What becomes of pictures that are not plain, and of files that are no pictures. */
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { decodeImage } from '../../src/data/_decode.ts';
import { readImageHeader } from '../../src/data/_image-header.ts';
import { jpeg, picture, pixelsOf, png } from './pictures.ts';

const large = picture(10, 60, 40);
const animation = async () =>
  sharp([await png(0), await png(90)], { join: { animated: true } })
    .webp({ loop: 0, lossless: true })
    .toBuffer();

describe('a header says size and form', () => {
  test.each([
    ['JPEG', () => large.clone().jpeg().toBuffer(), []],
    ['progressive JPEG', () => large.clone().jpeg({ progressive: true }).toBuffer(), []],
    ['grey JPEG', () => large.clone().toColourspace('b-w').jpeg().toBuffer(), ['grey']],
    ['CMYK JPEG', () => large.clone().toColourspace('cmyk').jpeg().toBuffer(), ['CMYK']],
    ['PNG', () => large.clone().png().toBuffer(), []],
    ['16-bit PNG', () => large.clone().toColourspace('rgb16').png().toBuffer(), ['16-bit']],
    ['grey 16-bit PNG', () => large.clone().greyscale().toColourspace('grey16').png().toBuffer(), ['grey', '16-bit']],
    ['PNG with alpha', () => large.clone().ensureAlpha(0.5).png().toBuffer(), ['with alpha']],
    ['PNG with a palette', () => large.clone().png({ palette: true }).toBuffer(), []],
    ['WebP', () => large.clone().webp().toBuffer(), []],
    ['lossless WebP', () => large.clone().webp({ lossless: true }).toBuffer(), []],
    ['WebP with alpha', () => large.clone().ensureAlpha(0.5).webp().toBuffer(), ['with alpha']],
  ])('%s', async (_name, make, forms) => {
    const bytes = await make();
    expect(readImageHeader(bytes)).toEqual({ height: 60, width: 40, forms });
    expect(await decodeImage(bytes, null)).toMatchObject({ height: 60, width: 40 });
  });

  test('animation', async () => {
    expect(readImageHeader(await animation())).toMatchObject({ height: 6, width: 5, forms: ['animated'] });
  });

  test.each([
    ['empty', ''],
    ['a page', '<html>'],
    ['its first bytes only', '\xff\xd8\xff\xe0'],
  ])('unknown: %s', (_name, text) => {
    expect(readImageHeader(Buffer.from(text, 'latin1'))).toEqual({ height: 0, width: 0, forms: [] });
  });
});

describe('converted to 8-bit red, green and blue', () => {
  const decoded = async (bytes: Buffer) => {
    const image = await decodeImage(bytes, null);
    if ('damage' in image) throw new Error(image.damage);
    return [...image.pixels];
  };
  const plain = picture(10);

  test('a PNG gives its pixels; alpha is dropped, not blended', async () => {
    expect(await decoded(await png(10))).toEqual([...(await pixelsOf(plain))]);
    expect(await decoded(await plain.clone().ensureAlpha(0.2).png().toBuffer())).toEqual([...(await pixelsOf(plain))]);
  });

  test('16 bits: the upper eight', async () => {
    const wide = Uint16Array.from({ length: 12 }, (_, i) => 256 * (20 * i) + 255);
    const bytes = await sharp(wide, { raw: { height: 2, width: 2, channels: 3 } })
      .toColourspace('rgb16')
      .png()
      .toBuffer();
    expect(readImageHeader(bytes).forms).toEqual(['16-bit']);
    expect(await decoded(bytes)).toEqual([...wide].map(value => value >> 8));
  });

  test('grey: three equal channels', async () => {
    const pixels = await decoded(await plain.clone().greyscale().png().toBuffer());
    expect(pixels.length).toBe(6 * 5 * 3);
    for (let i = 0; i < pixels.length; i += 3) expect(new Set(pixels.slice(i, i + 3)).size).toBe(1);
  });

  test('an animation: its first frame', async () => {
    expect(await decoded(await animation())).toEqual([...(await pixelsOf(picture(0)))]);
  });

  test('the orientation that a camera noted is ignored, as torchvision ignores it', async () => {
    const turned = await plain.clone().png().withMetadata({ orientation: 6 }).toBuffer();
    expect(await decodeImage(turned, null)).toMatchObject({ height: 6, width: 5 });
    expect(await decoded(turned)).toEqual([...(await pixelsOf(plain))]);
  });

  test('resizing: the shorter side is as asked for, the longer one is cut to whole pixels', async () => {
    expect(await decodeImage(await jpeg(0, 31, 20), 8)).toMatchObject({ height: 12, width: 8 });
    expect(await decodeImage(await jpeg(0, 20, 31), 40)).toMatchObject({ height: 40, width: 62 });
  });
});

describe('damaged: a reason, never a picture', () => {
  const whole = large.clone().jpeg().toBuffer();
  test.each([
    ['nothing', async () => Buffer.alloc(0), /^empty file$/],
    ['a page', async () => Buffer.from('<html>not found</html>'), /unsupported image format/],
    ['the first half of a JPEG', async () => (await whole).subarray(0, (await whole).length / 2), /premature end/i],
    [
      'a JPEG without its last bytes',
      async () => (await whole).subarray(0, (await whole).length - 30),
      /premature end/i,
    ],
    ['a JPEG with other bytes within', async () => overwritten(await whole, 1000, 1200), /bad Huffman code/],
    ['half of a PNG', async () => (await png(0, 60, 40)).subarray(0, 300), /libpng read error/],
    ['a PNG with other bytes within', async () => overwritten(await png(0, 60, 40), 100, 140), /libpng read error/],
    ['half of a WebP', async () => cut(await large.clone().webp().toBuffer()), /./],
  ])('%s', async (_name, make, reason) => {
    for (const shorterSide of [null, 8])
      expect(await decodeImage(await make(), shorterSide)).toEqual({ damage: expect.stringMatching(reason) });
  });

  test('bytes after the end of a picture do no harm', async () => {
    const padded = Buffer.concat([await whole, Buffer.alloc(100)]);
    expect(await decodeImage(padded, null)).toEqual(await decodeImage(await whole, null));
  });
});

const cut = (bytes: Buffer): Buffer => bytes.subarray(0, Math.floor(bytes.length / 2));

function overwritten(bytes: Buffer, from: number, to: number): Buffer {
  const other = Buffer.from(bytes);
  for (let i = from; i < to; i++) other[i] = (i * 7) & 0xfe;
  return other;
}
