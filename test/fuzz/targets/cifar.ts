import { readFileSync } from 'node:fs';
import { parseCifar } from '../../../src/data/_cifar.ts';
import { mutated } from '../mutated.ts';
import type { FuzzTarget } from '../target.ts';

export default {
  inputs: mutated([readFileSync('test/fixtures/data/cifar-10.bin')]),
  weight: 5,
  read: bytes => parseCifar([{ bytes, where: 'data_batch_1.bin' }], { labelBytes: 1, label: 0, classes: 10 }),
} satisfies FuzzTarget;
