/** What a cell trains, field by field; the seed apart. */
import type { Json } from './ids.ts';
import type { InputConfig } from './input.ts';
import type { Procedure } from './procedure.ts';

/** Of convolutions and what lies between them; weights, statistics and the loss are float32. */
export type Precision = 'float32' | 'bfloat16';
/** *auto*: bfloat16 where the processor has it natively, else float32. The plan decides, so a cell holds what was chosen. */
export type PrecisionChoice = Precision | 'auto';

/** A factor of the rate over the whole budget; that of the warm-up multiplies it. */
export type Schedule =
  | { kind: 'constant' }
  /** Multiplied by `factor` at each of the given fractions of the budget. */
  | { kind: 'step'; at: readonly number[]; factor: number }
  /** To 0 at the end of the budget. */
  | { kind: 'cosine' }
  | { kind: 'linear' }
  /** Multiplied by `factor` after every `epochs`: 0.96 every 8 in Szegedy et al. 2014, §6. */
  | { kind: 'epochs'; epochs: number; factor: number };

/** What all optimisers have. */
interface AnyOptimiser {
  rate: number;
  /** λ of the L2 penalty λ/2 ‖w‖², whose gradient is added; of *adamw* the decoupled decay. */
  weightDecay: number;
  /** What is decayed: every trained variable, as in the papers, or kernels only (no biases, no batch normalisation). */
  decayed: 'all' | 'kernels';
  /** Gradients of a larger norm, over all variables together, are scaled down to it before the decay is added. */
  clipNorm: number | null;
  /** Decay of the moving average of the weights that evaluation uses, or null: it uses the weights. */
  averaging: number | null;
  /** Steps over which the rate rises linearly from 0. */
  warmupSteps: number;
  schedule: Schedule;
}

/** Which update weights get, with its constants in the papers' letters. */
export type OptimiserConfig = AnyOptimiser &
  (
    | { kind: 'sgd'; momentum: number; nesterov: boolean }
    /** Tieleman & Hinton 2012 with momentum, ε under the root, as the Inception nets were trained. */
    | { kind: 'rmsprop'; decay: number; momentum: number; epsilon: number }
    /** Kingma & Ba 2015; *adamw*: Loshchilov & Hutter 2019. */
    | { kind: 'adam' | 'adamw'; beta1: number; beta2: number; epsilon: number }
  );

/** What is minimised; losses are in nats. */
export type LossConfig =
  /** `smoothing`: share of each target that is spread over all classes (Szegedy et al. 2015, §7); 0: none. */
  | { kind: 'cross-entropy'; smoothing: number }
  /** Rosenblatt's error correction: units fire above 0, and only those that are wrong learn. */
  | { kind: 'perceptron' };

/** First weights that another arm of the experiment has learnt, with the same seed (Simonyan & Zisserman 2014, §3.1). */
export interface StartConfig {
  arm: string;
  /** Layers that are taken over whole; *matching*: every variable that has one of its name and shape there. */
  layers: readonly string[] | 'matching';
}

/** A net made as large as another arm's: depth against width at equal cost. */
export interface MatchConfig {
  arm: string;
  count: 'parameters' | 'macs';
  /** An option of the net in which the count rises; the plan solves it. */
  option: string;
}

/** All that decides what a cell trains, the seed apart. Part of the cell's identity, field by field. */
export interface CellConfig {
  net: string;
  /** Options of the net, as `--set net.widths=…` gives them. */
  options: Record<string, Json>;
  /** Null: the options are as they stand. */
  match: MatchConfig | null;
  dataset: string;
  /** Which of the training images: the first `trainImages` in the dataset's order, or all. */
  trainImages: number | 'all';
  input: InputConfig;
  /** Null: all weights are drawn. */
  start: StartConfig | null;
  steps: number;
  batch: number;
  precision: Precision;
  optimiser: OptimiserConfig;
  loss: LossConfig;
  evaluate: {
    /** Steps between evaluations on the test set; the last step is always evaluated. */
    every: number;
    /** Test images of the evaluations on the way. */
    images: number | 'all';
    /** Test images of the evaluation at the last step. */
    final: number | 'all';
    /** How the test set is predicted once the net is trained, one of a kind. */
    procedures: readonly Procedure[];
    /** Test images on which the trained net is also tested without each of its units in turn; null: it is not. */
    lesions: number | 'all' | null;
  };
  /** `train.*` figures of a run are means over this many last steps. */
  lastSteps: number;
}

/** The same with fields left out at any depth; lists are given whole. */
type DeepPartial<T> = T extends readonly unknown[] ? T : T extends object ? { [K in keyof T]?: DeepPartial<T[K]> } : T;

/** A configuration that no machine was chosen for yet. */
export type UnplannedConfig = Omit<CellConfig, 'precision'> & { precision: PrecisionChoice };

/** An optimiser as a person writes it: its kind and rate, and what differs from the defaults. */
type OptimiserSpec<T = OptimiserConfig> = T extends OptimiserConfig ? Pick<T, 'kind' | 'rate'> & Partial<T> : never;

/** A configuration as a spec says it: what has a default may be left out. */
export type CellConfigSpec = Pick<UnplannedConfig, 'net' | 'dataset' | 'steps' | 'batch'> & {
  optimiser: OptimiserSpec;
  input?: Partial<InputConfig>;
  evaluate?: Partial<CellConfig['evaluate']>;
} & Partial<Omit<UnplannedConfig, 'optimiser' | 'input' | 'evaluate'>>;

/** What one level of a factor, or a tier, changes in the configuration. */
export type ConfigPatch = DeepPartial<UnplannedConfig>;
