import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readRecord, recordPath } from '../../../src/report/records/record-file.ts';
import { mutated } from '../mutated.ts';
import { inFolder } from '../scratch.ts';
import type { FuzzTarget } from '../target.ts';

const EXPERIMENTS = ['degradation-34', 'counted'];
const home = process.cwd();

/** A frozen result in the working folder. */
export default {
  inputs: mutated(EXPERIMENTS.map(experiment => readFileSync(recordPath(experiment)))),
  weight: 1,
  read: bytes =>
    inFolder(folder => {
      const path = join(folder, recordPath('x'));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, bytes);
      process.chdir(folder);
      try {
        return readRecord('x');
      } finally {
        process.chdir(home);
      }
    }),
} satisfies FuzzTarget;
