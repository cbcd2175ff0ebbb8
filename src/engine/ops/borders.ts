import type { Padding } from '../../core/net.ts';

/** Pixels before and after an extent. */
export type Border = readonly [before: number, after: number];

/**
 * The border that a window of `size` really reads along an extent: the last pixels of a padding go unread where the
 * stride does not come out even. Never negative.
 */
export function borderOf(extent: number, size: number, stride: number, padding: Padding): Border {
  if (padding === 'valid') return [0, 0];
  const outputs =
    padding === 'same' ? Math.ceil(extent / stride) : Math.floor((extent + 2 * padding - size) / stride) + 1;
  const total = Math.max((outputs - 1) * stride + size - extent, 0);
  const before = padding === 'same' ? Math.floor(total / 2) : padding;
  return [before, Math.max(total - before, 0)];
}

/** Along height and width, of images of this shape and windows of this size [height, width, …]. */
export function bordersOf(
  [, height = 0, width = 0]: readonly number[],
  [high = 0, broad = 0]: readonly number[],
  stride: number,
  padding: Padding,
): [Border, Border] {
  return [borderOf(height, high, stride, padding), borderOf(width, broad, stride, padding)];
}

/** What TensorFlow calls the padding whose borders are these, if it has a word for it. */
export function wordFor(borders: readonly Border[], same: readonly Border[]): 'SAME' | 'VALID' | undefined {
  if (borders.every(([before, after]) => before === 0 && after === 0)) return 'VALID';
  return borders.join() === same.join() ? 'SAME' : undefined;
}
