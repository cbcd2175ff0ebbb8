/** Draws by their place: any block of any image can be had without those before it, in about a tenth of a microsecond. */
import type { Stream } from '../../core/random.ts';

/**
 * Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3", §3.3): four words of
 * 32 bits from a counter of four words and a key of two.
 */
export function philox(counter: Uint32Array, key: Uint32Array, out: Uint32Array): void {
  let a = counter[0] as number;
  let b = counter[1] as number;
  let c = counter[2] as number;
  let d = counter[3] as number;
  let k0 = key[0] as number;
  let k1 = key[1] as number;
  for (let round = 0; round < ROUNDS; round++) {
    const highA = multiplyHigh(MULTIPLIER_A, a);
    const highC = multiplyHigh(MULTIPLIER_C, c);
    const lowA = Math.imul(MULTIPLIER_A, a) >>> 0;
    a = (highC ^ b ^ k0) >>> 0;
    b = Math.imul(MULTIPLIER_C, c) >>> 0;
    c = (highA ^ d ^ k1) >>> 0;
    d = lowA;
    k0 = (k0 + KEY_STEP_0) >>> 0;
    k1 = (k1 + KEY_STEP_1) >>> 0;
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
    this.#counter[0] = 0;
    this.#counter[1] = row;
    this.#counter[2] = column;
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
const MULTIPLIER_A = 0xd2511f53;
const MULTIPLIER_C = 0xcd9e8d57;
const KEY_STEP_0 = 0x9e3779b9;
const KEY_STEP_1 = 0xbb67ae85;

/** The upper 32 bits of a product of two words, by their halves. */
function multiplyHigh(x: number, y: number): number {
  const xLow = x & 0xffff;
  const xHigh = x >>> 16;
  const yLow = y & 0xffff;
  const yHigh = y >>> 16;
  const middle = xHigh * yLow + ((xLow * yLow) >>> 16);
  const other = xLow * yHigh + (middle & 0xffff);
  return (xHigh * yHigh + (middle >>> 16) + (other >>> 16)) >>> 0;
}
