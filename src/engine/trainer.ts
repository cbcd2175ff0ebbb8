/** A net in training: its program, its variables, and nothing of where images come from or results go to. */
import type { CellConfig } from '../core/experiment.ts';
import type { NetDescription } from '../core/net.ts';
import type { TensorFlow } from './backend.ts';
import type { Checkpoint } from './checkpoint.ts';
import { compileProgram } from './compiled-program.ts';
import { initialValues } from './initialise.ts';
import type { Program, ProgramSpec } from './program.ts';
import { rateAt } from './schedule.ts';
import { initialMomenta, trainingProgram } from './training.ts';

export interface TrainerOptions {
  net: NetDescription;
  config: CellConfig;
  seed: number;
  /** Images of an evaluation batch. */
  evaluationBatch: number;
}

export interface StepResult {
  /** Mean over the batch before the update, in nats. */
  loss: number;
  /** Share of the batch that was wrong. */
  top1: number;
}

/** Sums over the examples of weight 1. */
export interface EvaluationSums {
  loss: number;
  top1: number;
  top5: number;
}

export class Trainer {
  readonly #program: Program;
  readonly #spec: ProgramSpec;
  readonly #config: CellConfig;

  private constructor(program: Program, spec: ProgramSpec, config: CellConfig) {
    this.#program = program;
    this.#spec = spec;
    this.#config = config;
  }

  /** Compiles the net and sets its variables to the seed's first values. */
  static async create(tf: TensorFlow, { net, config, seed, evaluationBatch }: TrainerOptions): Promise<Trainer> {
    const { batch, optimiser, precision } = config;
    const spec = trainingProgram(tf, { net, batch, evaluationBatch, nesterov: optimiser.nesterov });
    const trainer = new Trainer(await compileProgram(tf, spec, precision), spec, config);
    trainer.#program.write({ ...initialValues(net, seed), ...initialMomenta(net) });
    return trainer;
  }

  /** Step `step` (0 is the first) on images [batch, …] as float32 and labels [batch]. */
  train(step: number, images: Float32Array, labels: Int32Array): StepResult {
    const { optimiser, steps } = this.#config;
    const rate = Float32Array.of(rateAt(step, steps, optimiser));
    const momentum = Float32Array.of(optimiser.momentum);
    const weightDecay = Float32Array.of(optimiser.weightDecay);
    const { loss, top1 } = this.#program.run('train', { images, labels, rate, momentum, weightDecay });
    return { loss: first(loss), top1: first(top1) };
  }

  /** A batch of evaluation; examples of weight 0 are padding. */
  evaluate(images: Float32Array, labels: Int32Array, weights: Float32Array): EvaluationSums {
    const { loss, top1, top5 } = this.#program.run('evaluate', { images, labels, weights });
    return { loss: first(loss), top1: first(top1), top5: first(top5) };
  }

  /** All variables, those of the optimiser too: what a resumed run needs to go on with the same bits. */
  state(): Pick<Checkpoint, 'shapes' | 'values'> {
    return { shapes: this.#spec.variables, values: this.#program.read() };
  }

  restore({ values }: Pick<Checkpoint, 'values'>): void {
    this.#program.write(values);
  }

  dispose(): void {
    this.#program.dispose();
  }
}

const first = (values: Float32Array | undefined): number => values?.[0] ?? Number.NaN;
