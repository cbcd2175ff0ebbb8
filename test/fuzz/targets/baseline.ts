import { readFileSync } from 'node:fs';
import type { Experiment } from '../../../src/core/experiment.ts';
import { type Baseline, formatBaseline, parseBaseline, sealBaseline } from '../../../src/gate/baseline.ts';
import { decideGate, diffBaselines, thresholdsOf } from '../../../src/gate/index.ts';
import { mutated } from '../mutated.ts';
import type { FuzzTarget } from '../target.ts';

const FILE = readFileSync('baselines/few-images.json');
const SAMPLE = parseBaseline(FILE.toString('utf8'), 'baseline.json');

/** As `bench gate` and `bench baseline diff` read it. */
export default {
  inputs: mutated([FILE], seal),
  weight: 3,
  read(bytes) {
    const baseline = parseBaseline(bytes.toString('utf8'), 'baseline.json');
    formatBaseline(baseline);
    diffBaselines(baseline, SAMPLE);
    const thresholds = thresholdsOf(baseline, { id: 'x', gate: SAMPLE.thresholds } as Experiment, { metric: [] });
    decideGate({ thresholds, baseline, present: SAMPLE, look: 1 });
    decideGate({ thresholds, baseline, present: baseline, look: 1 });
  },
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
