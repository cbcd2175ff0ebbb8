/** Principal axes of the colours of a set of images. */
import type { ImageSet } from '../../core/dataset.ts';
import type { ColourAxes } from './colour-noise.ts';

/** About as many pixels are looked at: all of CIFAR's, of large sets every n-th image. */
const PIXELS = 2 ** 26;

type Matrix = [Row, Row, Row];
type Row = [number, number, number];

/** Of the covariance of RGB in 0 … 1 over the images, largest first, in one pass; the same set gives the same bits. */
export function colourAxesOf(set: ImageSet): ColourAxes {
  const every = Math.max(1, Math.ceil((set.count * set.image(0).pixels.length) / 3 / PIXELS));
  const sums: Sums = { pixels: 0, first: [0, 0, 0], second: [0, 0, 0, 0, 0, 0] };
  for (let index = 0; index < set.count; index += every) addImage(sums, set.image(index).pixels);
  return axesOf(covarianceOf(sums));
}

/** Of bytes: whole numbers, so exact. */
interface Sums {
  pixels: number;
  /** r, g, b */
  first: number[];
  /** rr, gg, bb, rg, rb, gb */
  second: number[];
}

function addImage(sums: Sums, pixels: Uint8Array): void {
  let [r, g, b, rr, gg, bb, rg, rb, gb] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < pixels.length; i += 3) {
    const [red, green, blue] = [pixels[i] as number, pixels[i + 1] as number, pixels[i + 2] as number];
    r += red;
    g += green;
    b += blue;
    rr += red * red;
    gg += green * green;
    bb += blue * blue;
    rg += red * green;
    rb += red * blue;
    gb += green * blue;
  }
  sums.pixels += pixels.length / 3;
  sums.first = [r, g, b].map((sum, k) => sum + (sums.first[k] as number));
  sums.second = [rr, gg, bb, rg, rb, gb].map((sum, k) => sum + (sums.second[k] as number));
}

function covarianceOf({ pixels, first, second }: Sums): Matrix {
  const mean = first.map(sum => sum / pixels);
  const entry = (k: number, i: number, j: number): number =>
    ((second[k] as number) / pixels - (mean[i] as number) * (mean[j] as number)) / 255 ** 2;
  const [rg, rb, gb] = [entry(3, 0, 1), entry(4, 0, 2), entry(5, 1, 2)];
  return [
    [entry(0, 0, 0), rg, rb],
    [rg, entry(1, 1, 1), gb],
    [rb, gb, entry(2, 2, 2)],
  ];
}

/** Jacobi's rotations converge quadratically: a symmetric 3 × 3 matrix is diagonal to the last bit after a few sweeps. */
const SWEEPS = 12;

function axesOf(matrix: Matrix): ColourAxes {
  const vectors: Matrix = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    rotate(matrix, vectors, 0, 1);
    rotate(matrix, vectors, 0, 2);
    rotate(matrix, vectors, 1, 2);
  }
  const order = [0, 1, 2].sort((i, j) => diagonal(matrix, j) - diagonal(matrix, i));
  const sorted = (row: Row): Row => order.map(k => row[k]) as Row;
  return { values: order.map(k => diagonal(matrix, k)) as Row, vectors: vectors.map(sorted) };
}

const diagonal = (matrix: Matrix, k: number): number => (matrix[k] as Row)[k] as number;

/** Makes entry (p, q) zero; the columns of `vectors` turn with it. */
function rotate(matrix: Matrix, vectors: Matrix, p: number, q: number): void {
  const off = (matrix[p] as Row)[q] as number;
  if (off === 0) return;
  const theta = (diagonal(matrix, q) - diagonal(matrix, p)) / (2 * off);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  for (const row of matrix) turn(row, p, q, cosine, sine);
  for (const row of vectors) turn(row, p, q, cosine, sine);
  const [upper, lower] = [matrix[p] as Row, matrix[q] as Row];
  for (let k = 0; k < 3; k++) {
    const [a, b] = [upper[k] as number, lower[k] as number];
    upper[k] = cosine * a - sine * b;
    lower[k] = sine * a + cosine * b;
  }
}

function turn(row: Row, p: number, q: number, cosine: number, sine: number): void {
  const [a, b] = [row[p] as number, row[q] as number];
  row[p] = cosine * a - sine * b;
  row[q] = sine * a + cosine * b;
}
