/** The made-up pictures of test/fixtures/data/write.py. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const fixturePath = (name: string): string => fileURLToPath(new URL(`../fixtures/data/${name}`, import.meta.url));

export const fixture = (name: string): { bytes: Buffer; where: string } => ({
  bytes: readFileSync(fixturePath(name)),
  where: name,
});

/** 32×32 in three colours, row by row, channels last. */
export function formulaPixels(image: number): Uint8Array {
  const pixels = [];
  for (let row = 0; row < 32; row++)
    for (let column = 0; column < 32; column++)
      for (let channel = 0; channel < 3; channel++)
        pixels.push((image * 31 + channel * 85 + row * 7 + column * 3) % 256);
  return Uint8Array.from(pixels);
}
