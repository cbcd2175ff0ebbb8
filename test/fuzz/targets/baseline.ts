import { readFileSync } from 'node:fs';
import { type Baseline, formatBaseline, parseBaseline, sealBaseline } from '../../../src/gate/baseline.ts';
import { mutated } from '../mutated.ts';
import type { FuzzTarget } from '../target.ts';

export default {
  inputs: mutated([readFileSync('baselines/few-images.json')], seal),
  weight: 3,
  read: bytes => formatBaseline(parseBaseline(bytes.toString('utf8'), 'baseline.json')),
} satisfies FuzzTarget;

/** Of what is no JSON any more there is nothing to seal. */
function seal(bytes: Buffer): Buffer {
  try {
    const { checksum: _, schema, ...content } = JSON.parse(bytes.toString('utf8')) as Baseline;
    return Buffer.from(JSON.stringify({ ...sealBaseline(content), schema }));
  } catch {
    return bytes;
  }
}
