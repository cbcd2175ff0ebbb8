/** MNIST whose test digits are turned, stretched and slanted, within what LeNet-5 is said to bear. */
import type { Picture } from '../core/dataset.ts';
import type { Stream } from '../core/random.ts';
import { changedTest } from './_changed-test.ts';

/** Each uniform on both sides. LeCun et al. 1998, §III.E: rotations of 30° and scales within a factor of two are recognised. */
const TURN_DEGREES = 30;
/** Of either axis by itself, in doublings. */
const STRETCH = 0.5;
/** Pixels sideways for a pixel down. */
const SLANT = 0.3;

export default changedTest({
  name: 'mnist-deformed',
  title: 'MNIST, test digits deformed',
  settings: { turnDegrees: TURN_DEGREES, stretch: STRETCH, slant: SLANT },
  draws: 'deformation',
  change: deformed,
});

/** About the middle of the picture. Each pixel looks where it comes from, between four pixels; outside is background. */
function deformed(picture: Picture, draws: Stream): Uint8Array {
  const { height, width } = picture;
  const [a, b, c, d] = inverseOf(drawMap(draws));
  const [middleY, middleX] = [(height - 1) / 2, (width - 1) / 2];
  return Uint8Array.from({ length: height * width }, (_, index) => {
    const [y, x] = [Math.floor(index / width) - middleY, (index % width) - middleX];
    return Math.round(between(picture, c * x + d * y + middleY, a * x + b * y + middleX));
  });
}

/** [a, b, c, d]: (x, y) goes to (a·x + b·y, c·x + d·y). */
type PlaneMap = readonly [number, number, number, number];

/** Stretched, then slanted, then turned. */
function drawMap(draws: Stream): PlaneMap {
  const either = (most: number): number => most * (2 * draws.uniform() - 1);
  const angle = (either(TURN_DEGREES) * Math.PI) / 180;
  const [wide, tall, slant] = [2 ** either(STRETCH), 2 ** either(STRETCH), either(SLANT)];
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  return [cosine * wide, (cosine * slant - sine) * tall, sine * wide, (sine * slant + cosine) * tall];
}

function inverseOf([a, b, c, d]: PlaneMap): PlaneMap {
  const area = a * d - b * c;
  return [d / area, -b / area, -c / area, a / area];
}

/** Bilinear, at row y and column x. */
function between({ height, width, pixels }: Picture, y: number, x: number): number {
  const [top, left] = [Math.floor(y), Math.floor(x)];
  const at = (row: number, column: number): number =>
    row >= 0 && row < height && column >= 0 && column < width ? (pixels[row * width + column] as number) : 0;
  const row = (of: number): number => at(of, left) * (left + 1 - x) + at(of, left + 1) * (x - left);
  return row(top) * (top + 1 - y) + row(top + 1) * (y - top);
}
