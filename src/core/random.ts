/**
 * Random streams by name. Every draw of the product comes from `stream(seed, purpose, step)`: the same name gives the
 * same draws, in another process, on another machine, after a resume at any step. No stream depends on how much another
 * one has drawn.
 */
import { createHash } from 'node:crypto';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

export interface Stream {
  /** A number in [0, 1), a multiple of 2^-53. */
  uniform(): number;
  /** An integer in [0, n), without modulo bias. */
  below(n: number): number;
  /** A draw of the standard normal distribution (Box & Muller 1958). */
  normal(): number;
}

/** `purpose` names what is drawn ("init stem.conv", "order", "augment"), `step` counts within it. */
export function stream(seed: number, purpose: string, step = 0): Stream {
  const generator = xoroshiro128plusFromState(stateOf(seed, purpose, step));
  const uniform = (): number => uniformFloat64(generator);
  return {
    uniform,
    below: n => uniformInt(generator, 0, n - 1),
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}

/** The integers 0 … n-1 in random order (Fisher & Yates). */
export function permutation(n: number, draws: Stream): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = draws.below(i + 1);
    const moved = order[i] as number;
    order[i] = order[j] as number;
    order[j] = moved;
  }
  return order;
}

/** 128 bits of a hash of the name: streams of different names are independent for every purpose of ours. */
function stateOf(seed: number, purpose: string, step: number): number[] {
  const digest = createHash('sha256').update(`${seed}\u0000${purpose}\u0000${step}`).digest();
  return [0, 4, 8, 12].map(offset => digest.readInt32LE(offset));
}
