/** A net in training: its program, its variables, and nothing of where images come from or results go to. */
import type { CellConfig, Precision } from '../core/cell-config.ts';
import { hashOf, type Json } from '../core/ids.ts';
import type { NetDescription } from '../core/net.ts';
import { backendOf, type TensorFlow } from './backend.ts';
import type { Checkpoint } from './checkpoint.ts';
import { compileProgram } from './compiled-program.ts';
import { dropoutSeeds } from './dropout-seeds.ts';
import { initialValues } from './initialise.ts';
import { mapValues } from './named-tensors.ts';
import { optimiserScalars } from './optimisers/index.ts';
import type { Program } from './program.ts';
import { type Budget, rateAt } from './schedule.ts';
import { type TrainingSpec, trainingProgram } from './training.ts';
import { initialState, namedShapes, namedState, packedState } from './training-state.ts';

export interface TrainerOptions {
  net: NetDescription;
  config: CellConfig;
  seed: number;
  /** Images of an evaluation batch. */
  evaluationBatch: number;
  /** Images of an epoch: some schedules count in epochs. */
  trainImages: number;
  /** First values of some variables, by name; the others are drawn. */
  weights?: Record<string, Float32Array>;
  /** Hash of the code that decides the graph; without it the graph is traced anew. */
  codeHash?: string;
}

export interface StepResult {
  /** Mean over the batch before the update, in nats. */
  loss: number;
  /** Share of the batch that was wrong. */
  top1: number;
}

/** Sums over the examples of weight 1, and what the net says of each. */
export interface Evaluation {
  loss: number;
  top1: number;
  top5: number;
  /** [evaluation batch, classes] */
  probabilities: Float32Array;
}

export class Trainer {
  readonly #program: Program;
  readonly #options: TrainerOptions;
  readonly #budget: Budget;

  private constructor(program: Program, options: TrainerOptions) {
    const { config, trainImages } = options;
    this.#program = program;
    this.#options = options;
    this.#budget = { steps: config.steps, stepsPerEpoch: trainImages / config.batch };
  }

  /** Compiles the net and sets its variables to the seed's first values. */
  static async create(tf: TensorFlow, options: TrainerOptions): Promise<Trainer> {
    const { net, config, seed, evaluationBatch, codeHash } = options;
    const { batch, optimiser, precision, loss } = config;
    const training = { net, batch, evaluationBatch, optimiser, loss };
    const spec = trainingProgram(tf, training);
    const key = codeHash && { cacheKey: graphKey(tf, training, precision, codeHash) };
    const trainer = new Trainer(await compileProgram(tf, spec, { precision, ...key }), options);
    const weights = { ...initialValues(net, seed), ...options.weights };
    trainer.#program.write(initialState(training, weights));
    return trainer;
  }

  /** Step `step` (0 is the first) on images [batch, …] as float32 and labels [batch]. */
  train(step: number, images: Float32Array, labels: Int32Array): StepResult {
    const { net, config, seed } = this.#options;
    const { optimiser, loss, steps } = config;
    const scalars = { rate: rateAt(step, this.#budget, optimiser), ...optimiserScalars(step, optimiser) };
    const smoothing = Float32Array.of('smoothing' in loss ? loss.smoothing : 0);
    const seeds = dropoutSeeds(net, seed, step);
    const progress = Float32Array.of(step / steps);
    const inputs = {
      images,
      labels,
      smoothing,
      seeds,
      progress,
      ...mapValues(scalars, value => Float32Array.of(value)),
    };
    const outputs = this.#program.run('train', inputs);
    return { loss: first(outputs.loss), top1: first(outputs.top1) };
  }

  /** A batch of evaluation; examples of weight 0 are padding. */
  evaluate(images: Float32Array, labels: Int32Array, weights: Float32Array): Evaluation {
    const { loss, top1, top5, probabilities } = this.#program.run('evaluate', { images, labels, weights });
    return { loss: first(loss), top1: first(top1), top5: first(top5), probabilities: probabilities as Float32Array };
  }

  /** Probabilities [evaluation batch, classes] of images [evaluation batch, …]. */
  predict(images: Float32Array): Float32Array {
    const { evaluationBatch } = this.#options;
    return this.evaluate(images, new Int32Array(evaluationBatch), new Float32Array(evaluationBatch)).probabilities;
  }

  /** All variables by name, those of the optimiser too: what a resumed run needs to go on with the same bits. */
  state(): Pick<Checkpoint, 'shapes' | 'values'> {
    const kept = { net: this.#options.net, optimiser: this.#options.config.optimiser };
    return { shapes: namedShapes(kept), values: namedState(kept, this.#program.read()) };
  }

  restore({ values }: Pick<Checkpoint, 'values'>): void {
    const kept = { net: this.#options.net, optimiser: this.#options.config.optimiser };
    this.#program.write(packedState(kept, values));
  }

  dispose(): void {
    this.#program.dispose();
  }
}

const first = (values: Float32Array | undefined): number => values?.[0] ?? Number.NaN;

/** Layers refer to one another; by name they are plain data. */
function graphKey(tf: TensorFlow, { net, ...training }: TrainingSpec, precision: Precision, codeHash: string): string {
  const layers = [net, ...net.auxiliary].map(part =>
    part.layers.map(({ inputs, ...layer }) => ({ ...layer, inputs: inputs.map(input => input.name) })),
  );
  const heads = net.auxiliary.map(head => head.weight);
  const version = backendOf(tf).binding.TF_Version;
  return hashOf({ layers, heads, ...training, precision, codeHash, version } as unknown as Json);
}
