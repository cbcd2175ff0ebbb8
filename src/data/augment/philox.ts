/** Draws by their place: any block of any image can be had without those before it, in about a tenth of a microsecond. */
import type { Stream } from '../../core/random.ts';

/**
 * Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3", §3.3): four words of
 * 32 bits from a counter of four words and a key of two.
 */
export function philox(counter: Uint32Array, key: Uint32Array, out: Uint32Array): void {
  let [a, b, c, d] = [counter[0] as number, counter[1] as number, counter[2] as number, counter[3] as number];
  let [k0, k1] = [key[0] as number, key[1] as number];
  for (let round = 0; round < ROUNDS; round++) {
    const [highA, lowA] = [multiplyHigh(MULTIPLIERS[0], a), Math.imul(MULTIPLIERS[0], a)];
    const [highC, lowC] = [multiplyHigh(MULTIPLIERS[1], c), Math.imul(MULTIPLIERS[1], c)];
    [a, b, c, d] = [(highC ^ b ^ k0) >>> 0, lowC >>> 0, (highA ^ d ^ k1) >>> 0, lowA >>> 0];
    k0 = (k0 + KEY_STEPS[0]) >>> 0;
    k1 = (k1 + KEY_STEPS[1]) >>> 0;
  }
  out[0] = a;
  out[1] = b;
  out[2] = c;
  out[3] = d;
}

/** A stream that can be set to any place of one key. Draws after `seek` are those of that place only. */
export class SeekableStream implements Stream {
  readonly #key: Uint32Array;
  readonly #counter = new Uint32Array(4);
  readonly #words = new Uint32Array(4);
  #used = 4;

  /** The key is the first 64 bits of `draws`. */
  constructor(draws: Stream) {
    this.#key = Uint32Array.from({ length: 2 }, () => draws.uniform() * 2 ** 32);
  }

  /** Two numbers below 2^32. */
  seek(row: number, column: number): this {
    this.#counter.set([0, row, column, 0]);
    this.#used = 4;
    return this;
  }

  uniform(): number {
    if (this.#used === 4) this.#refill();
    const high = this.#words[this.#used++] as number;
    const low = this.#words[this.#used++] as number;
    return (high * 2 ** 21 + (low >>> 11)) * 2 ** -53;
  }

  /** Its bias is below n · 2^-53. */
  below(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  #refill(): void {
    philox(this.#counter, this.#key, this.#words);
    this.#counter[0] = (this.#counter[0] as number) + 1;
    this.#used = 0;
  }
}

const ROUNDS = 10;
const MULTIPLIERS = [0xd2511f53, 0xcd9e8d57] as const;
const KEY_STEPS = [0x9e3779b9, 0xbb67ae85] as const;

/** The upper 32 bits of a product of two words, by their halves. */
function multiplyHigh(x: number, y: number): number {
  const [xLow, xHigh, yLow, yHigh] = [x & 0xffff, x >>> 16, y & 0xffff, y >>> 16];
  const middle = xHigh * yLow + ((xLow * yLow) >>> 16);
  const other = xLow * yHigh + (middle & 0xffff);
  return (xHigh * yHigh + (middle >>> 16) + (other >>> 16)) >>> 0;
}
