import sharp from 'sharp';
import { decodeImage } from '../../../src/data/_decode.ts';
import { mutated } from '../mutated.ts';
import type { FuzzTarget } from '../target.ts';

const SIDE = 8;
const SIZE = { width: SIDE, height: SIDE, channels: 3 } as const;
const picture = sharp(Buffer.from(Array.from({ length: SIDE * SIDE * 3 }, (_, i) => (i * 37) & 255)), { raw: SIZE });
const SAMPLES = await Promise.all([
  picture.clone().jpeg().toBuffer(),
  picture.clone().jpeg({ progressive: true }).toBuffer(),
  picture.clone().png().toBuffer(),
  picture.clone().webp().toBuffer(),
]);

/** Through libjpeg-turbo or libvips. */
export default {
  inputs: mutated(SAMPLES),
  weight: 2,
  async read(bytes) {
    const decoded = await decodeImage(bytes, 4);
    if ('damage' in decoded || decoded.pixels.length === decoded.height * decoded.width * 3) return;
    throw new Error(`${decoded.pixels.length} bytes of ${decoded.height} × ${decoded.width} pixels`);
  },
} satisfies FuzzTarget;
