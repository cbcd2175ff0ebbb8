import type fc from 'fast-check';
import { UserError } from '../../src/core/errors.ts';

/** A kind of file that is read, and files that are nearly right. */
export interface FuzzTarget {
  inputs: fc.Arbitrary<Buffer>;
  /** Share of all inputs, from 1 for the slowest reader. */
  weight: number;
  /** Throws what the reader throws, and an `Error` if its result cannot be right. */
  read(bytes: Buffer): unknown;
}

/** Longer than any line that a person would read. */
const LONGEST_LINE = 2000;

/** Whatever is read: one clear line or a result. Throws anything else that the reader has thrown. */
export async function tryInput(target: FuzzTarget, bytes: Buffer): Promise<void> {
  try {
    await target.read(bytes);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (error.message.length > LONGEST_LINE || error.message.includes('\n'))
      throw new Error(`expected one line, got ${JSON.stringify(error.message.slice(0, 500))}`, { cause: error });
  }
}
