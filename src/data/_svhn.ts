/** Cropped digits of SVHN: X [32, 32, 3, n] and y [n, 1] of a MATLAB file, where the digit 0 has the label 10. */
import { UserError } from '../core/errors.ts';
import { type MatArray, parseMat } from './_mat.ts';

const SIDE = 32;
const PLANE = SIDE * SIDE;

/** Pixels row by row with channels last, and labels 0 … 9. `where` is named in messages. */
export function parseSvhn(bytes: Buffer, where: string): { pixels: Uint8Array; labels: Uint8Array } {
  const arrays = parseMat(bytes, where);
  const [images, digits] = [arrays.get('X'), arrays.get('y')];
  const count = digits?.values.length ?? 0;
  if (!images || !digits || images.dimensions.join() !== `${SIDE},${SIDE},3,${count}`)
    throw new UserError(`${where}: expected X [32, 32, 3, n] and y [n, 1], got ${describe(arrays)}.`);
  return { pixels: rowByRow(images.values, count), labels: Uint8Array.from(digits.values, digit => digit % 10) };
}

function rowByRow(columns: ArrayLike<number>, count: number): Uint8Array {
  const pixels = new Uint8Array(count * PLANE * 3);
  for (let image = 0, to = 0; image < count; image++)
    for (let row = 0; row < SIDE; row++)
      for (let column = 0; column < SIDE; column++)
        for (let channel = 0; channel < 3; channel++)
          pixels[to++] = columns[row + SIDE * column + PLANE * (channel + 3 * image)] as number;
  return pixels;
}

function describe(arrays: ReadonlyMap<string, MatArray>): string {
  return [...arrays].map(([name, { dimensions }]) => `${name} [${dimensions.join(', ')}]`).join(' and ') || 'no arrays';
}
