import { readSafetensors } from '../../../src/engine/safetensors.ts';
import { encodeSafetensors } from '../../../src/engine/safetensors-format.ts';
import { mutated } from '../mutated.ts';
import { fileOf } from '../scratch.ts';
import type { FuzzTarget } from '../target.ts';

const TENSORS = {
  kernel: { shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6) },
  scale: { shape: [], values: Float32Array.of(7) },
};

export default {
  inputs: mutated([Buffer.concat(encodeSafetensors(TENSORS, { format: 'pt' }))]),
  weight: 10,
  read(bytes) {
    const { shapes, read } = readSafetensors(fileOf('weights.safetensors', bytes));
    for (const name of shapes.keys()) read(name);
  },
} satisfies FuzzTarget;
