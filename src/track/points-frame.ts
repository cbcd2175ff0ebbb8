/** Frames of `points` events without garbage: a training loop pays for this at every step. */
import { crc32 } from 'node:zlib';
import { UserError } from '../core/errors.ts';

const HEADER_BYTES = 8;
const FIRST_BYTES = 4096;
/** A program that makes up a new name at every step would fill the memory. */
const MAX_NAMES = 100_000;
const MAX_NAME_LENGTH = 250;

interface Name {
  /** As JSON, with its colon. */
  text: string;
  last: number | undefined;
}

/** The bytes are those that `encodeFrame` gives for the same event. They hold until the next call. */
export class PointsFrame {
  #buffer = Buffer.alloc(FIRST_BYTES);
  readonly #names = new Map<string, Name>();

  /** Throws a `UserError` on a value that is no number, before anything is written. */
  encode(timeMs: number, step: number, values: Readonly<Record<string, number>>): Buffer {
    let text = `{"type":"points","time":${timeMs},"step":${step},"values":{`;
    let separator = '';
    for (const name in values) {
      const known = this.#names.get(name) ?? this.#learn(name);
      text += separator + known.text + wireText(name, values[name]);
      separator = ',';
    }
    return this.#frame(`${text}}}`);
  }

  /** After the frame was written: what was refused, by us or by the disk, is no last value. */
  written(values: Readonly<Record<string, number>>): void {
    for (const name in values) (this.#names.get(name) as Name).last = values[name];
  }

  /** The value of each name that was written last. */
  lastValues(): [name: string, value: number][] {
    return [...this.#names].flatMap(([name, { last }]) => (last === undefined ? [] : [[name, last]]));
  }

  #frame(text: string): Buffer {
    // A character of UTF-16 takes at most three bytes in UTF-8.
    if (HEADER_BYTES + 3 * text.length > this.#buffer.length)
      this.#buffer = Buffer.alloc(HEADER_BYTES + 6 * text.length);
    const buffer = this.#buffer;
    const length = buffer.write(text, HEADER_BYTES, 'utf8');
    const frame = buffer.subarray(0, HEADER_BYTES + length);
    buffer.writeUInt32LE(length, 0);
    buffer.writeUInt32LE(crc32(frame.subarray(HEADER_BYTES)), 4);
    return frame;
  }

  #learn(name: string): Name {
    if (name === '' || name.length > MAX_NAME_LENGTH)
      throw new UserError(`log: expected names of 1 to ${MAX_NAME_LENGTH} characters, got one of ${name.length}.`);
    if (this.#names.size >= MAX_NAMES)
      throw new UserError(`log: expected at most ${MAX_NAMES} names of metrics in a run, got another one: ${name}.`);
    const known: Name = { text: `${JSON.stringify(name)}:`, last: undefined };
    this.#names.set(name, known);
    return known;
  }
}

function wireText(name: string, value: unknown): string {
  if (typeof value !== 'number')
    throw new UserError(`log: ${name}: expected a number, got ${typeof value}. Read a tensor's value first.`);
  return Number.isFinite(value) ? String(value) : `"${value}"`;
}
