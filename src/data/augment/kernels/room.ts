import type { KernelMemory } from './instantiate.ts';

const PAGE_BYTES = 65_536;
/** A kernel may read and write this far beyond the end of an array. */
const SLACK_BYTES = 32;

/** A kernel's memory, from its beginning on. It grows as it has to, and never shrinks. */
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

  /** Where so many bytes begin. */
  take(bytes: number): number {
    const start = this.#end;
    this.#end = Math.ceil((start + bytes + SLACK_BYTES) / 16) * 16;
    this.#growTo(this.#end);
    return start;
  }

  put(values: Int32Array): number {
    const start = this.take(values.byteLength);
    this.bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), start);
    return start;
  }

  /** Where these bytes are until the next call: behind all that was taken. */
  lend(bytes: Uint8Array): number {
    this.#growTo(this.#end + bytes.length + SLACK_BYTES);
    this.bytes.set(bytes, this.#end);
    return this.#end;
  }

  /** All of the memory. Growing makes it another one. */
  get bytes(): Uint8Array {
    if (this.#bytes.buffer !== this.#memory.buffer) this.#bytes = new Uint8Array(this.#memory.buffer);
    return this.#bytes;
  }

  get floats(): Float32Array {
    if (this.#floats.buffer !== this.#memory.buffer) this.#floats = new Float32Array(this.#memory.buffer);
    return this.#floats;
  }

  #growTo(bytes: number): void {
    const missing = bytes - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE_BYTES));
  }
}
