import { dirname } from 'node:path';
import { readRunSpec } from '../../../src/runner/run-folder.ts';
import { mutated } from '../mutated.ts';
import { fileOf } from '../scratch.ts';
import type { FuzzTarget } from '../target.ts';

const SPEC = {
  run: '0123456789ab',
  cell: { experiment: 'e', tier: 'smoke', arm: 'a', seed: 1, identity: 'i', config: { net: 'lenet-5', steps: 2 } },
  code: { commit: null, dirty: false },
  command: 'bench run e',
};

/** What a worker is told. */
export default {
  inputs: mutated([Buffer.from(JSON.stringify(SPEC))]),
  weight: 5,
  read(bytes) {
    const { run, cell } = readRunSpec(dirname(fileOf('run.json', bytes)));
    return [run.trim(), cell.identity.trim(), Object.keys(cell.config)];
  },
} satisfies FuzzTarget;
