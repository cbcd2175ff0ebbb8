/** Bare compiled training steps on random images, one thread, float32. */
import type { Json } from '../../core/ids.ts';
import type { NetInput } from '../../core/net.ts';
import { loadTensorFlow } from '../../engine/tensorflow.ts';
import { findNet } from '../../nets/index.ts';
import { createTrainer, trainingOn } from '../random-training.ts';
import { defineSuite, type Timed } from '../suite.ts';

const BATCH = 32;
const SEED = 1;
const GREY: NetInput = { shape: [28, 28, 1], classes: 10 };
const COLOUR: NetInput = { shape: [32, 32, 3], classes: 10 };

export default defineSuite({
  name: 'steps',
  about: `training steps of three small nets, ${BATCH} images each`,
  benchmarks: {
    'plain-18': step('plain-18', GREY, { form: 'small', stemStride: 2 }),
    'resnet-20': step('resnet-20', COLOUR),
    alexnet: step('alexnet', COLOUR, { form: 'small' }),
  },
});

function step(name: string, input: NetInput, options: Record<string, Json> = {}): () => Promise<Timed> {
  return async () => {
    const request = {
      net: await findNet(name, options, input),
      batch: BATCH,
      precision: 'float32',
      seed: SEED,
    } as const;
    const trainer = await createTrainer(await loadTensorFlow({ threads: 1 }), request);
    const train = trainingOn(trainer, request);
    let next = 0;
    return () => train(next++);
  };
}
