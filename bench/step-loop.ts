/** Trains one arm of an experiment for some seconds on random images and prints its images per second. */

import { sizeOf } from '../src/core/parameters.ts';
import { stream } from '../src/core/random.ts';
import { findDataset } from '../src/data/index.ts';
import { loadTensorFlow } from '../src/engine/tensorflow.ts';
import { Trainer } from '../src/engine/trainer.ts';
import { findNet } from '../src/nets/index.ts';
import { loadExperiment } from '../src/runner/experiments.ts';
import { planExperiment } from '../src/runner/plan.ts';

const WARM_UP_STEPS = 5;
const [experiment = '', arm = '', threads = '1', seconds = '5'] = process.argv.slice(2);

const request = { tier: 'quick', settings: [], execution: { threads: 1, device: 'cpu' } } as const;
const { arms } = await planExperiment(await loadExperiment(experiment), request);
const config = arms.find(one => one.name === arm)?.config;
if (!config) throw new Error(`${experiment} has no arm ${arm}`);

const dataset = await findDataset(config.dataset);
const net = await findNet(config.net, config.options, { shape: dataset.shape, classes: dataset.classes.length });
const trainer = await Trainer.create(await loadTensorFlow({ threads: Number(threads) }), {
  net,
  config,
  seed: 1,
  evaluationBatch: 500,
});
const draws = stream(1, 'benchmark');
const images = Float32Array.from({ length: config.batch * sizeOf(dataset.shape) }, () => draws.normal());
const labels = Int32Array.from({ length: config.batch }, () => draws.below(net.classes));

for (let step = 0; step < WARM_UP_STEPS; step++) trainer.train(step, images, labels);
const startMs = performance.now();
let steps = 0;
while (performance.now() - startMs < 1000 * Number(seconds)) trainer.train(steps++ % config.steps, images, labels);
process.stdout.write(`${(1000 * steps * config.batch) / (performance.now() - startMs)}\n`);
