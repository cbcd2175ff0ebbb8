import { parseSpec } from '../../../src/runner/experiment-schema.ts';
import { mutated } from '../mutated.ts';
import type { FuzzTarget } from '../target.ts';

const SPEC = {
  id: 'a-or-b',
  title: 'a or b',
  question: 'Is a better than b?',
  source: 'nobody',
  believed: 'It is.',
  tags: ['t'],
  base: { net: 'lenet-5', options: {}, dataset: 'mnist', steps: 10, batch: 8, optimiser: { kind: 'sgd', rate: 0.1 } },
  factors: { form: { a: { options: { width: 1 } }, b: { options: { width: 2 } } } },
  tiers: { quick: { seeds: 5, decides: true, about: 'ten steps' } },
  claims: [
    {
      id: 'a-beats-b',
      kind: 'superiority',
      statement: 'a errs less than b',
      metric: 'test.top1',
      unit: 'pp',
      contrast: { b: 1, a: -1 },
      margin: 0.01,
    },
  ],
};

/** What an experiment's file gives, as far as JSON can say it. */
export default {
  inputs: mutated([Buffer.from(JSON.stringify(SPEC))]),
  weight: 10,
  read: bytes => parseSpec(jsonOf(bytes), 'experiments/a-or-b.ts'),
} satisfies FuzzTarget;

/** A file that is no program is refused before its spec is looked at. */
function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
