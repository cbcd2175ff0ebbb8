/** One net in its paper's form: compiled, one step trained, the figures sent to the process that asked. */

import { loadTensorFlow } from '../../src/engine/tensorflow.ts';
import { findNet } from '../../src/nets/index.ts';
import { createTrainer, trainingOn } from '../../src/speed/random-training.ts';

export interface FullNetFigures {
  input: readonly number[];
  compileSeconds: number;
  stepSeconds: number;
  peakRssBytes: number;
  /** Before the step's update. */
  loss: number;
}

// The asking process may be stopped: nobody waits for the figures then.
process.on('disconnect', () => process.exit(1));
const [name, batch] = process.argv.slice(2);
const request = { net: await findNet(name as string), batch: Number(batch), precision: 'float32', seed: 1 } as const;
const tf = await loadTensorFlow({ threads: 1 });
const compileStartMs = performance.now();
const trainer = await createTrainer(tf, request);
const train = trainingOn(trainer, request);
const stepStartMs = performance.now();
const loss = train(0);
const endMs = performance.now();
const figures: FullNetFigures = {
  input: request.net.input,
  compileSeconds: (stepStartMs - compileStartMs) / 1000,
  stepSeconds: (endMs - stepStartMs) / 1000,
  // Node gives kibibytes.
  peakRssBytes: process.resourceUsage().maxRSS * 1024,
  loss,
};
process.send?.(figures, () => process.exit(0));
