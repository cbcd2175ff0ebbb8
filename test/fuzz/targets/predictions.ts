import { sha256 } from '../../../src/core/ids.ts';
import { decodePredictions, PredictionsEncoder } from '../../../src/core/predictions.ts';
import { mutated } from '../mutated.ts';
import type { FuzzTarget } from '../target.ts';

const CHECKSUM = { from: 8, to: 72 } as const;

export default {
  inputs: mutated([sample(3), sample(120)], seal),
  weight: 10,
  read(bytes) {
    const { count, labels, probabilities } = decodePredictions(bytes, 'ten-crop.bin');
    if (labels.length !== count) throw new Error(`${labels.length} labels of ${count} images`);
    for (let i = 0; i < count; i++) probabilities(i);
  },
} satisfies FuzzTarget;

function sample(classes: number): Buffer {
  const names = Array.from({ length: classes }, (_, i) => `class ${i}`);
  const about = { procedure: 'single', run: '0123456789ab', step: 1, dataset: 'd', fingerprint: 'f', classes: names };
  const encoder = new PredictionsEncoder(about);
  for (const label of [0, 1, 2]) encoder.add(label, new Float32Array(classes).fill(1 / classes));
  return encoder.bytes();
}

function seal(bytes: Buffer): Buffer {
  const checksum = Buffer.from(sha256(bytes.subarray(CHECKSUM.to)), 'latin1');
  return Buffer.concat([bytes.subarray(0, CHECKSUM.from), checksum, bytes.subarray(CHECKSUM.to)]);
}
