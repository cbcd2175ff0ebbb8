/**
 * Trains nets in their small form on Fashion-MNIST for a few steps: docs/nets.md shows what it prints.
 *
 *   npm run train:small -- 0.05 resnet-20 vgg-a:norm=batch     at rate 0.05, SGD with momentum 0.9
 *   npm run train:small -- 0.05 --steps 300 --batch 64 nin
 *
 * On stdout a line for each net: the training loss of each fifth of the steps, and the largest of one step.
 */
import { parseArgs } from 'node:util';
import { askedNet } from '../src/cli/nets/asked.ts';
import type { CellConfig, OptimiserConfig } from '../src/core/cell-config.ts';
import { DEFAULT_INPUT } from '../src/core/input.ts';
import fashionMnist from '../src/data/fashion-mnist.ts';
import { type Batch, trainingBatches } from '../src/data/index.ts';
import { loadTensorFlow } from '../src/engine/tensorflow.ts';
import { Trainer } from '../src/engine/trainer.ts';

const PARTS = 5;
const SEED = 1;
const LOSS = { kind: 'cross-entropy', smoothing: 0 } as const;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { steps: { type: 'string', default: '150' }, batch: { type: 'string', default: '32' } },
});
const [rate, ...words] = positionals;
const [steps, batch] = [Number(values.steps), Number(values.batch)];

const tf = await loadTensorFlow({ threads: 1 });
const dataset = await fashionMnist.load();
const { train } = dataset;
for (const word of words) {
  const batches = trainingBatches({ dataset, train, count: train.count, input: DEFAULT_INPUT, batch, seed: SEED });
  const losses = await lossesOf(word, batches);
  const means = Array.from({ length: PARTS }, (_, part) => meanOf(losses, part).toFixed(2));
  process.stdout.write(`${word} rate ${rate}: ${means.join(' ')}, largest ${Math.max(...losses).toFixed(1)}\n`);
}

async function lossesOf(word: string, batches: (step: number) => Batch): Promise<number[]> {
  const { description: net } = await askedNet(word, {
    set: ['form=small'],
    input: dataset.shape.join('x'),
    classes: 10,
  });
  const config = { steps, batch, precision: 'float32', optimiser: sgd(Number(rate)), loss: LOSS } as CellConfig;
  const trainer = await Trainer.create(tf, {
    net,
    config,
    seed: SEED,
    evaluationBatch: batch,
    trainImages: train.count,
  });
  const losses = Array.from({ length: steps }, (_, step) => {
    const { images, labels } = batches(step);
    return trainer.train(step, images, labels).loss;
  });
  trainer.dispose();
  return losses;
}

function sgd(rate: number): OptimiserConfig {
  return {
    ...{ kind: 'sgd', rate, momentum: 0.9, nesterov: false, weightDecay: 1e-4, decayed: 'all' },
    ...{ clipNorm: null, averaging: null, warmupSteps: 0, schedule: { kind: 'constant' } },
  };
}

function meanOf(losses: readonly number[], part: number): number {
  const some = losses.slice((part * steps) / PARTS, ((part + 1) * steps) / PARTS);
  return some.reduce((sum, loss) => sum + loss, 0) / some.length;
}
