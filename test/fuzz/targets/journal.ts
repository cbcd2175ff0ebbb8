import { decodeFrames } from '../../../src/core/journal.ts';
import { mutated } from '../mutated.ts';
import type { FuzzTarget } from '../target.ts';
import { JOURNAL, sealFrames } from './frames.ts';

export default {
  inputs: mutated([JOURNAL], sealFrames),
  weight: 20,
  read(bytes) {
    const { events, consumed, next = consumed } = decodeFrames(bytes.subarray(8));
    if (consumed > bytes.length || next < consumed || events.length > bytes.length / 8)
      throw new Error(`read ${consumed} of ${bytes.length} bytes as ${events.length} events, next at ${next}`);
  },
} satisfies FuzzTarget;
