/** Losses of our first steps on the check's batch, as JSON. Arguments: a net's label, and how many steps. */
import { loadTensorFlow } from '../../src/engine/tensorflow.ts';
import { createTrainer } from '../../src/speed/random-training.ts';
import { checkBatch, netOf, SEED, withoutDropout } from './describe.ts';
import { checkRate } from './engines.ts';
import { NETS } from './nets.ts';

const [label = '', steps = '1'] = process.argv.slice(2);
const peerNet = NETS.find(net => net.label === label);
if (!peerNet) throw new Error(`no net ${label}`);

const net = withoutDropout(await netOf(peerNet));
const request = { net, batch: peerNet.batch, precision: 'float32', seed: SEED, rate: checkRate(peerNet) } as const;
const trainer = await createTrainer(await loadTensorFlow({ threads: 2 }), request);
const { images, labels } = checkBatch(peerNet);
const losses = Array.from({ length: Number(steps) }, (_, step) => trainer.train(step, images, labels).loss);
process.stdout.write(`${JSON.stringify({ losses })}\n`);
