/** The words of an experiment: what a file in experiments/ says, and what is made of it. */
import type { Json } from './ids.ts';
import type { InputConfig } from './input.ts';
import type { Procedure } from './procedure.ts';

export type TierName = 'smoke' | 'ci' | 'quick' | 'long' | 'full';
export const TIERS: readonly TierName[] = ['smoke', 'ci', 'quick', 'long', 'full'];

export type Precision = 'float32' | 'bfloat16';
/** *auto*: bfloat16 where the processor has it natively, else float32. The plan decides, so a cell holds what was chosen. */
export type PrecisionChoice = Precision | 'auto';

export type Device = 'cpu' | 'gpu';
export const DEVICES: readonly Device[] = ['cpu', 'gpu'];

export type Schedule =
  | { kind: 'constant' }
  /** Multiplied by `factor` at each of the given fractions of the budget. */
  | { kind: 'step'; at: readonly number[]; factor: number }
  /** To 0 at the end of the budget. */
  | { kind: 'cosine' }
  | { kind: 'linear' }
  /** Multiplied by `factor` after every `epochs`: 0.96 every 8 in Szegedy et al. 2014, §6. */
  | { kind: 'epochs'; epochs: number; factor: number };

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

export type OptimiserConfig = AnyOptimiser &
  (
    | { kind: 'sgd'; momentum: number; nesterov: boolean }
    /** Tieleman & Hinton 2012 with momentum, ε under the root, as the Inception nets were trained. */
    | { kind: 'rmsprop'; decay: number; momentum: number; epsilon: number }
    /** Kingma & Ba 2015; *adamw*: Loshchilov & Hutter 2019. */
    | { kind: 'adam' | 'adamw'; beta1: number; beta2: number; epsilon: number }
  );

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
  /** Which of the training images: the first `trainImages` in file order, or all. */
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

type DeepPartial<T> = T extends readonly unknown[] ? T : T extends object ? { [K in keyof T]?: DeepPartial<T[K]> } : T;

/** A configuration that no machine was chosen for yet. */
export type UnplannedConfig = Omit<CellConfig, 'precision'> & { precision: PrecisionChoice };

type OptimiserSpec<T = OptimiserConfig> = T extends OptimiserConfig ? Pick<T, 'kind' | 'rate'> & Partial<T> : never;

/** A configuration as a spec says it: what has a default may be left out. */
type CellConfigSpec = Pick<UnplannedConfig, 'net' | 'dataset' | 'steps' | 'batch'> & {
  optimiser: OptimiserSpec;
  input?: Partial<InputConfig>;
  evaluate?: Partial<CellConfig['evaluate']>;
} & Partial<Omit<UnplannedConfig, 'optimiser' | 'input' | 'evaluate'>>;

/** What one level of a factor, or a tier, changes in the configuration. */
export type ConfigPatch = DeepPartial<UnplannedConfig>;

export interface Tier {
  /** Seeds 1 … `seeds`. */
  seeds: number;
  /** False: the tier is too short to decide anything and its verdict is always inconclusive. */
  decides: boolean;
  about: string;
  config?: ConfigPatch;
}

/** *interaction* is a superiority of differences: the same rule, another reading. */
export type ClaimKind = 'superiority' | 'interaction' | 'equivalence';

export interface Claim {
  id: string;
  kind: ClaimKind;
  /** In one sentence, true if the claim is confirmed. */
  statement: string;
  /** A final figure of a run: `train.loss`, `test.top1`, … */
  metric: string;
  /** Unit of the effect as a person says it: "nats", "pp". */
  unit: string;
  /** The effect of one seed is Σ weight × metric(arm). Positive supports the claim. */
  contrast: Record<string, number>;
  /** In the metric's own unit, set before the first run. */
  margin: number;
  /** The figure of the source, as text, for the report. */
  published: string;
}

/**
 * How far a metric may worsen: in its own unit, as a share of the baseline's mean, or in standard deviations of the
 * baseline over seeds.
 */
export type GateMargin = { absolute: number } | { relative: number } | { deviations: number };

/** What `bench gate` holds each arm to. */
export interface GateThreshold {
  /** A final figure of a run, `steps-to:<curve><=<value>`, or `parameters` or `macs`, which must be equal. */
  metric: string;
  /** Which is better. */
  direction: 'lower' | 'higher';
  margin: GateMargin;
  /** 1 − the chance to err, over all looks. */
  confidence: number;
  /** Fewer pairs decide nothing. */
  minimumSeeds: number;
  /** Seeds at each planned look, ascending. */
  looks: readonly number[];
}

/** Two looks, each with half of the error. */
export const GATE_DEFAULTS = { confidence: 0.95, minimumSeeds: 5, looks: [5, 10] } as const;

type GateThresholdSpec = Pick<GateThreshold, 'metric' | 'direction' | 'margin'> & Partial<GateThreshold>;

export interface Experiment {
  id: string;
  title: string;
  question: string;
  source: string;
  base: UnplannedConfig;
  /** Factor → level → what the level changes. Arms are all combinations, named by their levels: "plain-34". */
  factors: Record<string, Record<string, ConfigPatch>>;
  /** *smoke* has a default: a few steps of each arm. */
  tiers: Partial<Record<TierName, Tier>>;
  /** The first claim is the one that the experiment's verdict states. */
  claims: readonly Claim[];
  /** What the gate holds it to. No part of the spec's hash: other thresholds are other questions to the same runs. */
  gate?: readonly GateThreshold[];
  /** What the small form cannot show, in sentences. Printed in the report. */
  limits: readonly string[];
  /** When and how margins were set, and changes after the first run: a record for the reader. */
  history: readonly string[];
}

export type ExperimentSpec = Omit<Experiment, 'base' | 'gate'> & {
  base: CellConfigSpec;
  gate?: readonly GateThresholdSpec[];
};

/** An identity that gives the types. */
export const defineExperiment = (experiment: ExperimentSpec): ExperimentSpec => experiment;

/** One combination of levels. */
export interface Arm {
  name: string;
  levels: Record<string, string>;
  config: CellConfig;
}

/** How a run is executed. Part of the identity as far as it changes the bits: the kind of device, not its name. */
export interface Execution {
  threads: number;
  device: Device;
}

/** An arm × a seed, with all that is needed to run it anywhere: the content of a run's `run.json`. */
export interface Cell {
  experiment: string;
  tier: TierName;
  arm: string;
  levels: Record<string, string>;
  seed: number;
  config: CellConfig;
  execution: Execution;
  /** SHA-256 of the resolved spec of the experiment at this tier. */
  specHash: string;
  /** SHA-256 of all modules that the worker imports. */
  codeHash: string;
  /** Of the dataset. */
  dataHash: string;
  /** Identity of the cell whose weights it begins with, if it does not draw all of them. */
  startsFrom: string | null;
  /** SHA-256 of config, seed, execution, code, data and what it starts from: cells of equal identity give equal bits on equal machines. */
  identity: string;
}
