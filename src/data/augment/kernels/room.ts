import type { KernelMemory } from './instantiate.ts';

const PAGE_BYTES = 65_536;
/** A kernel may read and write this far beyond the end of an array. */
const SLACK_BYTES = 32;

/** A kernel's memory, from its beginning on: one room at a time. It grows as it has to, and never shrinks. */
export class Room {
  readonly #memory: KernelMemory;
  #end = 0;
  #bytes: Uint8Array;
  #floats: Float32Array;

  constructor(memory: KernelMemory) {
    this.#memory = memory;
    this.#bytes = new Uint8Array(memory.buffer);
    this.#floats = new Float32Array(memory.buffer);
  }

  /** All of the memory, until more is asked for. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  get floats(): Float32Array {
    return this.#floats;
  }

  /** Where so many bytes begin. */
  take(bytes: number): number {
    const start = this.#end;
    this.#end = Math.ceil((start + bytes + SLACK_BYTES) / 16) * 16;
    this.#growTo(this.#end);
    return start;
  }

  put(values: Int32Array): number {
    const start = this.take(values.byteLength);
    this.#bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), start);
    return start;
  }

  /** Where byte `from` of these is until the next call, and those up to `to`: behind all that was taken. */
  lend(bytes: Uint8Array, from: number, to: number): number {
    // To copy all is quicker than to name a part, unless the part is small.
    const isSmall = 2 * (to - from) < bytes.length;
    const lent = isSmall ? bytes.subarray(from, to) : bytes;
    this.#growTo(this.#end + lent.length + SLACK_BYTES);
    this.#bytes.set(lent, this.#end);
    return this.#end + (isSmall ? 0 : from);
  }

  #growTo(bytes: number): void {
    if (bytes <= this.#bytes.length) return;
    this.#memory.grow(Math.ceil((bytes - this.#bytes.length) / PAGE_BYTES));
    this.#bytes = new Uint8Array(this.#memory.buffer);
    this.#floats = new Float32Array(this.#memory.buffer);
  }
}
