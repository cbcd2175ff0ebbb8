/** Trains 2,000 steps with an evaluation now and then, as a run does, and prints the resident memory every 50. */
import { stream } from '../src/core/random.ts';
import { loadTensorFlow } from '../src/engine/tensorflow.ts';
import { findNet } from '../src/nets/index.ts';
import { createTrainer, trainingOn } from '../src/speed/random-training.ts';

const STEPS = 2000;
const BATCH = 16;
const SAMPLED_EVERY = 50;

const net = await findNet('resnet-18', { form: 'small', stemStride: 2 }, { shape: [28, 28, 1], classes: 10 });
const request = { net, batch: BATCH, precision: 'float32', seed: 1 } as const;
const trainer = await createTrainer(await loadTensorFlow({ threads: 1 }), request);
const train = trainingOn(trainer, request);
const draws = stream(1, 'evaluation');
const images = Float32Array.from({ length: BATCH * 28 * 28 }, () => draws.normal());
const labels = new Int32Array(BATCH);
const weights = new Float32Array(BATCH).fill(1);

const samples = [];
for (let step = 0; step < STEPS; step++) {
  train(step);
  if (step % SAMPLED_EVERY !== 0) continue;
  trainer.evaluate(images, labels, weights);
  trainer.state();
  samples.push({ step, megabytes: Math.round(process.memoryUsage.rss() / 2 ** 20) });
}
process.stdout.write(JSON.stringify(samples));
