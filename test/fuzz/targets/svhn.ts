import { readFileSync } from 'node:fs';
import { parseSvhn } from '../../../src/data/_svhn.ts';
import { mutated } from '../mutated.ts';
import type { FuzzTarget } from '../target.ts';

const SAMPLES = ['svhn', 'svhn-plain'].map(name => readFileSync(`test/fixtures/data/${name}.mat`));

export default {
  inputs: mutated(SAMPLES),
  weight: 3,
  read: bytes => parseSvhn(bytes, 'train_32x32.mat'),
} satisfies FuzzTarget;
