/** A net that only predicts: the evaluation graph alone, with given weights. Nothing of training is traced. */
import type { Precision } from '../core/cell-config.ts';
import type { NetDescription } from '../core/net.ts';
import { parametersOf, sizeOf } from '../core/parameters.ts';
import type { Tensor, TensorFlow } from './backend.ts';
import { compileProgram } from './compiled-program.ts';
import { forward } from './forward.ts';
import { createOps } from './ops/index.ts';
import type { Program, ProgramSpec } from './program.ts';

export interface Predictions {
  /** [images, classes], row by row. */
  logits: Float32Array;
  probabilities: Float32Array;
}

interface PredictorOptions {
  net: NetDescription;
  batch: number;
  /** By our names; those of auxiliary heads are not needed. */
  weights: Record<string, Float32Array>;
  precision?: Precision;
}

export class Predictor {
  readonly #program: Program;
  readonly #batch: number;
  readonly #net: NetDescription;

  private constructor(program: Program, net: NetDescription, batch: number) {
    this.#program = program;
    this.#net = net;
    this.#batch = batch;
  }

  static async create(
    tf: TensorFlow,
    { net, batch, weights, precision = 'float32' }: PredictorOptions,
  ): Promise<Predictor> {
    const program = await compileProgram(tf, predictingProgram(tf, net, batch), { precision });
    program.write(weights);
    return new Predictor(program, net, batch);
  }

  /** Of any number of images [images, height, width, channels]. */
  predict(images: Float32Array): Predictions {
    const { input, classes } = this.#net;
    const [given, batch] = [sizeOf(input), this.#batch];
    const count = images.length / given;
    const result = { logits: new Float32Array(count * classes), probabilities: new Float32Array(count * classes) };
    for (let from = 0; from < count; from += batch) {
      const to = Math.min(from + batch, count);
      const filled = new Float32Array(batch * given);
      filled.set(images.subarray(from * given, to * given));
      const { logits, probabilities } = this.#program.run('predict', { images: filled }) as unknown as Predictions;
      result.logits.set(logits.subarray(0, (to - from) * classes), from * classes);
      result.probabilities.set(probabilities.subarray(0, (to - from) * classes), from * classes);
    }
    return result;
  }

  dispose(): void {
    this.#program.dispose();
  }
}

function predictingProgram(tf: TensorFlow, net: NetDescription, batch: number): ProgramSpec {
  const ops = createOps(tf);
  return {
    variables: Object.fromEntries(net.layers.flatMap(parametersOf).map(({ name, shape }) => [name, shape])),
    entries: {
      predict: {
        inputs: { images: { dtype: 'float32', shape: [batch, ...net.input] } },
        outputs: ['logits', 'probabilities'],
        step: (variables, { images }) => {
          const { logits } = forward(tf, ops, net, { variables, images: images as Tensor }, 'evaluation');
          return { outputs: { logits, probabilities: tf.softmax(logits) } };
        },
      },
    },
  };
}
