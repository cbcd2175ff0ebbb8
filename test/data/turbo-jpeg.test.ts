import { arch, platform } from 'node:os';
import { describe, expect, test } from 'vitest';
import { decodeBySharp } from '../../src/data/_decode.ts';
import { decodeTurboJpeg } from '../../src/data/_turbo-jpeg.ts';
import { picture } from './pictures.ts';

const hasLibrary = platform() === 'linux' && ['x64', 'arm64'].includes(arch());
const copy = (bytes: Buffer) => decodeTurboJpeg(bytes, found => ({ ...found, pixels: found.pixels.slice() }));

describe.runIf(hasLibrary)('libturbojpeg', () => {
  test.each([
    ['4:2:0', { quality: 75, chromaSubsampling: '4:2:0' }],
    ['4:4:4', { quality: 98, chromaSubsampling: '4:4:4' }],
    ['progressive', { quality: 90, progressive: true }],
  ] as const)('gives the pixels of sharp, bit for bit: %s', async (_, options) => {
    for (const [height, width] of [
      [61, 47],
      [8, 200],
      [1, 1],
    ] as const) {
      const bytes = await picture(7, height, width).jpeg(options).toBuffer();
      const [turbo, slow] = [await copy(bytes), await decodeBySharp(bytes)];
      expect(turbo).toMatchObject({ height, width });
      expect(Buffer.from(turbo?.pixels ?? [])).toEqual('pixels' in slow ? Buffer.from(slow.pixels) : slow);
    }
  });

  test('side by side: none takes another one’s memory', async () => {
    const pictures = await Promise.all(
      Array.from({ length: 24 }, (_, i) =>
        picture(7 * i, 20 + i, 30)
          .jpeg()
          .toBuffer(),
      ),
    );
    const together = await Promise.all(pictures.map(copy));
    for (const [i, bytes] of pictures.entries()) expect(together[i]).toEqual(await copy(bytes));
  });

  test('leaves to sharp what it may not have decoded whole', async () => {
    const bytes = await picture(7, 60, 40).jpeg().toBuffer();
    const huge = Buffer.from(bytes);
    const frame = huge.indexOf(Buffer.from([0xff, 0xc0]));
    huge.fill(0xff, frame + 5, frame + 9); // height and width
    for (const damaged of [huge, bytes.subarray(0, bytes.length / 2), bytes.subarray(0, -20), Buffer.from('no image')])
      expect(await copy(damaged)).toBeUndefined();
  });
});
