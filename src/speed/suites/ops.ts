/** Kernels of layers op by op, each forwards and with the gradients of its inputs, on [8, 32, 32, 32]. */

import type { Shape } from '../../core/net.ts';
import { sizeOf } from '../../core/parameters.ts';
import { stream } from '../../core/random.ts';
import type { Tensor, TensorFlow } from '../../engine/backend.ts';
import { createOps, type Ops } from '../../engine/ops/index.ts';
import { loadTensorFlow } from '../../engine/tensorflow.ts';
import { defineSuite, type Timed } from '../suite.ts';

const IMAGES: Shape = [8, 32, 32, 32];
const KERNEL: Shape = [3, 3, 32, 32];
const SMALL_KERNEL: Shape = [1, 1, 32, 32];
const CHANNELS: Shape = [32];
const CONVOLUTION = { stride: 1, padding: 1 } as const;
/** Krizhevsky et al. 2012, §3.3. */
const LRN = { size: 5, bias: 2, alpha: 1e-4, beta: 0.75 };

export default defineSuite({
  name: 'ops',
  about: 'layers op by op, forwards and backwards',
  benchmarks: {
    'conv-3x3': timed([IMAGES, KERNEL], ops => (x, kernel) => ops.conv2d(x, kernel, CONVOLUTION)),
    'conv-3x3-stride-2': timed(
      [IMAGES, KERNEL],
      ops => (x, kernel) => ops.conv2d(x, kernel, { ...CONVOLUTION, stride: 2 }),
    ),
    'conv-1x1': timed([IMAGES, SMALL_KERNEL], ops => (x, kernel) => ops.conv2d(x, kernel, { stride: 1, padding: 0 })),
    'max-pool': timed([IMAGES], ops => x => ops.pool(x, { type: 'max', size: 3, stride: 2, padding: 'same' })),
    'average-pool': timed([IMAGES], ops => x => ops.pool(x, { type: 'average', size: 2, stride: 2, padding: 'valid' })),
    'global-average-pool': timed([IMAGES], ops => x => ops.globalAveragePool(x)),
    lrn: timed([IMAGES], ops => x => ops.lrn(x, LRN)),
    'batch-norm': timed([IMAGES, CHANNELS, CHANNELS], batchNorm),
  },
});

type Op = (...inputs: [Tensor, Tensor, Tensor]) => Tensor;

function timed(shapes: readonly Shape[], create: (ops: Ops, tf: TensorFlow) => Op): () => Promise<Timed> {
  return async () => {
    const tf = await loadTensorFlow({ threads: 1 });
    const inputs = shapes.map((shape, i) => randomTensor(tf, shape, i));
    const gradients = tf.grads(create(createOps(tf), tf) as never);
    return () => tf.tidy(() => void gradients(inputs as never));
  };
}

function randomTensor(tf: TensorFlow, shape: Shape, index: number): Tensor {
  const draws = stream(1, 'inputs of ops', index);
  return tf.tensor(
    Float32Array.from({ length: sizeOf(shape) }, () => draws.normal()),
    [...shape],
  );
}

function batchNorm(ops: Ops, tf: TensorFlow): Op {
  const [mean, variance] = [tf.zeros([...CHANNELS]), tf.ones([...CHANNELS])];
  return (x, gamma, beta) => {
    const normalised = ops.batchNormTraining({ x, gamma, beta, mean, variance }, 1e-5, 0.9);
    tf.dispose([normalised.mean, normalised.variance]);
    return normalised.y;
  };
}
