/** Losses of our first steps on the check's batch, as JSON. Arguments: a net's label, and how many steps. */
import { loadTensorFlow } from '../../src/engine/tensorflow.ts';
import { Trainer } from '../../src/engine/trainer.ts';
import { checkBatch, netOf, SEED, withoutDropout } from './describe.ts';
import { RATE } from './engines.ts';
import { NETS } from './nets.ts';

const [label = '', steps = '1'] = process.argv.slice(2);
const peerNet = NETS.find(net => net.label === label);
if (!peerNet) throw new Error(`no net ${label}`);

const net = withoutDropout(await netOf(peerNet));
const config = {
  net: peerNet.net,
  options: peerNet.options,
  dataset: 'made up',
  trainImages: 'all',
  steps: Number(steps),
  batch: peerNet.batch,
  precision: 'float32',
  optimiser: {
    kind: 'sgd',
    rate: RATE,
    momentum: 0.9,
    nesterov: false,
    weightDecay: 1e-4,
    decayed: 'all',
    clipNorm: null,
    averaging: null,
    warmupSteps: 0,
    schedule: { kind: 'constant' },
  },
  labelSmoothing: 0,
  evaluate: { every: 1, images: 'all' },
  lastSteps: 1,
} as const;
const trainer = await Trainer.create(await loadTensorFlow({ threads: 2 }), {
  net,
  config,
  seed: SEED,
  evaluationBatch: peerNet.batch,
  trainImages: peerNet.batch,
});
const { images, labels } = checkBatch(peerNet);
const losses = Array.from({ length: config.steps }, (_, step) => trainer.train(step, images, labels).loss);
process.stdout.write(`${JSON.stringify({ losses })}\n`);
