/**
 * Parts of a set that are drawn once and stay. The rule: within each class, images are ordered by the first 52 bits of the
 * SHA-256 of "seed:key", where the key is what names the image (its path, or its number in the set), and the held-out part
 * is the first ⌊share × n + ½⌋ of them. So an image keeps its place whatever happens to other classes, a part of a larger
 * share holds that of a smaller one, and every class gives the same share.
 */
import { createHash } from 'node:crypto';
import type { ImageSet } from '../core/dataset.ts';
import { UserError } from '../core/errors.ts';

/** A validation set is cut from the training images; the test set is never touched. Both parts keep the set's order. */
export function split(set: ImageSet, share: number, seed: number): { train: ImageSet; validation: ImageSet } {
  const held = heldOut({ labels: set.labels, share, seed, keyOf: String });
  const indices = Array.from({ length: set.count }, (_, index) => index);
  return {
    train: subset(
      set,
      indices.filter(index => !held.has(index)),
    ),
    validation: subset(
      set,
      indices.filter(index => held.has(index)),
    ),
  };
}

export interface SplitRequest {
  /** Class of each image. */
  labels: ArrayLike<number>;
  /** 0 … 1, without 1: something must be left to train on. */
  share: number;
  seed: number;
  keyOf(index: number): string;
}

/** Indices of the held-out part. */
export function heldOut({ labels, share, seed, keyOf }: SplitRequest): Set<number> {
  if (!(share >= 0 && share < 1)) throw new UserError(`expected a share of at least 0 and below 1, got ${share}.`);
  const classes = new Map<number, number[]>();
  for (let index = 0; index < labels.length; index++) {
    const label = labels[index] as number;
    const members = classes.get(label);
    if (members) members.push(index);
    else classes.set(label, [index]);
  }
  const held = [...classes.values()].flatMap(members => firstOf(members, share, index => draw(seed, keyOf(index))));
  return new Set(held);
}

/** The images of a set at these indices, in this order. */
export function subset(set: ImageSet, indices: readonly number[]): ImageSet {
  const labels = set.labels.slice(0, indices.length);
  for (const [i, index] of indices.entries()) labels[i] = set.labels[index] as number;
  return { count: indices.length, labels, image: index => set.image(indices[index] as number) };
}

function firstOf(members: readonly number[], share: number, drawOf: (index: number) => number): number[] {
  const drawn = members.map(index => ({ index, draw: drawOf(index) }));
  drawn.sort((a, b) => a.draw - b.draw || a.index - b.index);
  return drawn.slice(0, Math.round(share * members.length)).map(({ index }) => index);
}

function draw(seed: number, key: string): number {
  const bytes = createHash('sha256').update(`${seed}:${key}`).digest();
  return bytes.readUIntBE(0, 6) * 16 + ((bytes[6] as number) >>> 4);
}
