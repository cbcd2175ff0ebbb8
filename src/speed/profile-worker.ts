/** Trains a few steps while TensorFlow and oneDNN log: their lines are the output. Asked and answered by messages. */
import { describeError } from '../core/errors.ts';
import type { Json } from '../core/ids.ts';
import type { Shape } from '../core/net.ts';
import { loadTensorFlow } from '../engine/tensorflow.ts';
import { findNet } from '../nets/index.ts';
import { createTrainer, trainingOn } from './random-training.ts';
import type { StepRequest } from './step.ts';

type Question = Omit<StepRequest, 'net'> & { net: [string, Record<string, Json>, Shape, number]; steps: number };

/** TensorFlow chooses kernels in the first steps. */
const FIRST_STEPS = 3;
const PRODUCT_SIZE = 2048;
const PRODUCTS = 5;

process.once('message', async (question: Question) => {
  try {
    process.send?.({ peakGflops: await profile(question) });
  } catch (error) {
    process.send?.({ failure: describeError(error) });
  }
  process.disconnect();
});

async function profile({ net: [name, options, shape, classes], steps, ...rest }: Question): Promise<number> {
  const net = await findNet(name, options, { shape, classes });
  const tf = await loadTensorFlow({ threads: rest.threads });
  const peak = measurePeak(tf);
  const train = trainingOn(await createTrainer(tf, { ...rest, net }), { ...rest, net });
  for (let step = 0; step < FIRST_STEPS + steps; step++) train(step);
  return peak;
}

/** Nothing that a step does is faster than a large matrix product. */
function measurePeak(tf: Awaited<ReturnType<typeof loadTensorFlow>>): number {
  const a = tf.ones([PRODUCT_SIZE, PRODUCT_SIZE]);
  const rates = Array.from({ length: PRODUCTS }, () => {
    const startMs = performance.now();
    const product = tf.matMul(a as never, a as never);
    product.dataSync();
    product.dispose();
    return (2 * PRODUCT_SIZE ** 3) / (performance.now() - startMs) / 1e6;
  });
  a.dispose();
  return Math.max(...rates);
}
