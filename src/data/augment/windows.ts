/** The one way from stored pictures to a net's input: windows of them, normalised. */
import type { ImageSet, Picture } from '../../core/dataset.ts';
import { UserError } from '../../core/errors.ts';
import { type InputFormat, normalisedBytes, type Placed, rawBytes } from './format.ts';
import { type Area, resample, type Size, sizeAtShorterSide } from './resample.ts';
import { WorkImage } from './work-image.ts';

/**
 * A part of the picture at its shorter side. A window of another size than the format's is resized to it; one that
 * leaves the picture has zeros there (the mean pixel), and must have the format's size.
 */
export interface Window extends Area {
  flip: boolean;
  /** Of this window alone; absent: the format's. */
  shorterSide?: number;
}

/** A window of an image, known by its index in the set. */
export type ImageWindow = Window & { index: number };

/** Changes the i-th image, whose numbers are 0 … 255. */
export type Recolour = (image: WorkImage, i: number) => void;

/** Writes the windows one after the other to `out` [windows, …shape] as float32. */
export function fillWindows(
  set: ImageSet,
  windows: readonly ImageWindow[],
  format: InputFormat,
  out: Float32Array,
): void {
  const indices = Uint32Array.from(windows, window => window.index);
  fillPlaced(set, indices, format, out, (_, i) => windows[i] as ImageWindow);
}

/** As `fillWindows`; which window, is decided when the picture's stored size is known. */
export function fillPlaced(
  set: ImageSet,
  indices: Uint32Array,
  format: InputFormat,
  out: Float32Array,
  place: (stored: Size, i: number) => Window,
  recolour?: Recolour,
): void {
  const size = format.shape[0] * format.shape[1] * format.shape[2];
  requireRoom(out, indices.length * size);
  const image = new WorkImage(format.shape, recolour ? rawBytes(format) : normalisedBytes(format));
  for (let i = 0; i < indices.length; i++) {
    const picture = set.image(indices[i] as number);
    const part = partOf(picture, place(picture, i), format, indices[i] as number);
    const leaves = part.height < format.shape[0] || part.width < format.shape[1];
    if (leaves) fillPadding(image.values, format, recolour !== undefined);
    image.place(part);
    recolour?.(image, i);
    if (recolour) image.normalise(format);
    out.set(image.values, i * size);
  }
}

/** The middle of a picture at its shorter side, of the format's size: the input of evaluation. */
export function centralWindow(
  stored: Size,
  { shape, shorterSide }: Pick<InputFormat, 'shape' | 'shorterSide'>,
): Window {
  return { ...centralArea(sizeAtShorterSide(stored, shorterSide), shape), flip: false };
}

/** Where the margins differ by one, the upper and the left one are the smaller. */
export function centralArea(size: Size, [height, width]: readonly [number, number, ...unknown[]]): Area {
  const [top, left] = [Math.floor((size.height - height) / 2), Math.floor((size.width - width) / 2)];
  return { top, left, height, width };
}

function partOf(picture: Picture, window: Window, format: InputFormat, index: number): Placed {
  const [height, width, channels] = format.shape;
  requirePixels(picture, channels, index);
  const size = sizeAtShorterSide(picture, window.shorterSide ?? format.shorterSide);
  const area = intersect(window, size);
  const asItIs = window.height === height && window.width === width;
  const leaves = area.height < window.height || area.width < window.width;
  if (area.height < 1 || area.width < 1 || (leaves && !asItIs)) throw outside(window, size, index);
  const part = scaledPart(picture, channels, size, area);
  if (!asItIs) return resizedPart(part, format.shape, window.flip);
  const toLeft = area.left - window.left;
  part.toTop = area.top - window.top;
  part.toLeft = window.flip ? width - toLeft - area.width : toLeft;
  part.flip = window.flip;
  return part;
}

/** What of a window lies in a picture of this size. */
function intersect(window: Area, size: Size): Area {
  const [top, left] = [Math.max(0, window.top), Math.max(0, window.left)];
  const height = Math.min(size.height, window.top + window.height) - top;
  return { top, left, height, width: Math.min(size.width, window.left + window.width) - left };
}

/** `area` of the picture once it has this size; in the picture's own bytes where nothing is resized. */
function scaledPart(picture: Picture, channels: number, size: Size, area: Area): Placed {
  const { top, left, height, width } = area;
  const placed = { height, width, toTop: 0, toLeft: 0, flip: false };
  if (size.height === picture.height && size.width === picture.width)
    return { pixels: picture.pixels, stride: picture.width, top, left, ...placed };
  scaled = withRoom(scaled, height * width * channels);
  resample(picture, channels, size, area, scaled);
  return { pixels: scaled, stride: width, top: 0, left: 0, ...placed };
}

function resizedPart(part: Placed, [height, width, channels]: InputFormat['shape'], flip: boolean): Placed {
  const all = { top: 0, left: 0, height, width };
  resized = withRoom(resized, height * width * channels);
  resample(pictureOf(part, channels), channels, all, all, resized);
  return { ...all, pixels: resized, stride: width, toTop: 0, toLeft: 0, flip };
}

/** A part as a picture of its own. */
function pictureOf({ pixels, stride, top, left, height, width }: Placed, channels: number): Picture {
  const rows = new Uint8Array(height * width * channels);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * stride + left) * channels;
    rows.set(pixels.subarray(from, from + width * channels), y * width * channels);
  }
  return { height, width, pixels: rows };
}

/** Bytes of the image at work. */
let scaled = new Uint8Array(0);
let resized = new Uint8Array(0);

const withRoom = (buffer: Uint8Array<ArrayBuffer>, bytes: number): Uint8Array<ArrayBuffer> =>
  buffer.length < bytes ? new Uint8Array(bytes) : buffer;

/** The mean pixel, which is zero once it is normalised. */
function fillPadding(values: Float32Array, { mean }: InputFormat, raw: boolean): void {
  values.fill(0);
  if (raw) for (let i = 0; i < values.length; i++) values[i] = 255 * (mean[i % mean.length] as number);
}

/** A write past the end of a typed array is silently lost. */
function requireRoom(out: Float32Array, values: number): void {
  if (out.length !== values) throw new RangeError(`expected room for ${values} values, got ${out.length}`);
}

function requirePixels({ height, width, pixels }: Picture, channels: number, index: number): void {
  const bytes = height * width * channels;
  if (pixels.length === bytes) return;
  throw new RangeError(`image ${index}: expected ${height} × ${width} × ${channels} bytes, got ${pixels.length}`);
}

function outside({ top, left, height, width }: Window, size: Size, index: number): UserError {
  const expected = `expected a picture that holds a window of ${height}×${width} at (${top}, ${left})`;
  const remedy = 'Choose a smaller input.size or a larger input.shorterSide.';
  return new UserError(`image ${index}: ${expected}, got one of ${size.height}×${size.width}. ${remedy}`);
}
