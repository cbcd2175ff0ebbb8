/** Images of two classes, stripes across and stripes down, that stand where a user's own are to be. */
import { join } from 'node:path';
import { type Stream, stream } from '../../core/random.ts';
import type { NewFile } from './new-files.ts';

const SIDE_PX = 16;
const PERIOD_PX = 4;
const COUNTS = { train: 80, test: 20 };
/** Standard deviation, of brightnesses from 64 to 192. */
const NOISE = 60;

/** `folder/train/across/0.png` and so on, the same at every call. */
export async function stripedImages(folder: string): Promise<NewFile[]> {
  const { default: sharp } = await import('sharp');
  const files: NewFile[] = [];
  for (const [set, count] of Object.entries(COUNTS)) {
    for (const label of ['across', 'down'] as const) {
      for (let i = 0; i < count; i++) {
        const pixels = striped(label, stream(0, `stripes ${set} ${label}`, i));
        const raw = { width: SIDE_PX, height: SIDE_PX, channels: 1 } as const;
        files.push({
          path: join(folder, set, label, `${i}.png`),
          content: await sharp(pixels, { raw }).png().toBuffer(),
        });
      }
    }
  }
  return files;
}

function striped(label: 'across' | 'down', draws: Stream): Uint8Array {
  const phase = draws.below(PERIOD_PX);
  const brightness = (at: number): number => {
    const along = label === 'across' ? Math.floor(at / SIDE_PX) : at % SIDE_PX;
    return (along + phase) % PERIOD_PX < PERIOD_PX / 2 ? 64 : 192;
  };
  return Uint8Array.from({ length: SIDE_PX * SIDE_PX }, (_, at) =>
    Math.max(0, Math.min(255, Math.round(brightness(at) + NOISE * draws.normal()))),
  );
}
