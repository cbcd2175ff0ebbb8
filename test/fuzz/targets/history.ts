import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gateSeries, pastGates } from '../../../src/gate/index.ts';
import { mutated } from '../mutated.ts';
import { inFolder } from '../scratch.ts';
import type { FuzzTarget } from '../target.ts';

const line = (commit: string, present: number): string =>
  JSON.stringify({
    ...{ schema: 1, experiment: 'e', tier: 'ci', decidedAt: '2026-01-02T03:04:05.000Z', commit, dirty: false },
    checks: [
      {
        ...{ metric: 'm', arm: 'a', outcome: 'pass', present, worsening: 0.01, interval: [-0.02, 0.02] },
        ...{ margin: 0.03, level: 0.95, seeds: [1, 2, 3] },
      },
    ],
  });

/** What gates decided before, as `bench gate history` reads it. */
export default {
  inputs: mutated([Buffer.from([0.1, 0.11, 0.3, 0.31].map((present, i) => line(`c${i}`, present)).join('\n'))]),
  weight: 2,
  read: bytes =>
    inFolder(folder => {
      writeFileSync(join(folder, 'gates.jsonl'), bytes);
      process.env.BENCH_DIR = folder;
      return gateSeries(pastGates().gates, 'm');
    }),
} satisfies FuzzTarget;
