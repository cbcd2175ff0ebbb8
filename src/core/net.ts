/**
 * A net as a pure description: a graph of layers with shapes, and nothing that computes. The engine builds a program
 * from it; counting, drawing and tables read the same description.
 */
import type { Json } from './ids.ts';

/** Shape of one example, without the batch: [height, width, channels] or [units]. */
export type Shape = readonly number[];

/** Pixels on each side, or TensorFlow's words. */
export type Padding = 'same' | 'valid' | number;

/** First values of a kernel. *he*: He et al. 2015b, normal with variance 2 / fan; *glorot*: Glorot & Bengio 2010; *lecun*: LeCun et al. 1998. */
export type Initialiser =
  | { kind: 'he-fan-out' | 'he-fan-in' | 'glorot-uniform' | 'lecun-uniform' }
  | { kind: 'normal' | 'truncated-normal'; std: number }
  | { kind: 'uniform'; minimum: number; maximum: number }
  | { kind: 'constant'; value: number }
  /** Given values, row by row: LeNet-5's target codes. */
  | { kind: 'values'; values: readonly (readonly number[])[] };

/** *scaled-tanh* is LeCun's 1.7159 tanh(2x/3): ±1 at ±1. */
export type ActivationFunction = 'relu' | 'tanh' | 'sigmoid' | 'scaled-tanh';

/** What a layer does. One variant a kind; the engine has one builder for each, `count` one formula for each. */
export type Op =
  | { kind: 'input' }
  | {
      kind: 'conv';
      filters: number;
      kernel: readonly [number, number];
      stride: number;
      padding: Padding;
      dilation: number;
      /** Channels are split into as many parts; each part of the filters sees one. */
      groups: number;
      /** First value of the biases, or null: it has none. */
      bias: number | null;
      init: Initialiser;
      /** For each filter the input channels that it sees (LeCun et al. 1998, table I); all if absent. */
      connections?: readonly (readonly number[])[];
    }
  /** γ only if `scale`; β always. */
  | { kind: 'batch-norm'; epsilon: number; momentum: number; scale: boolean }
  /** x / (bias + alpha · Σ x²)^beta, the sum over `size` neighbouring channels (Krizhevsky et al. 2012, §3.3). */
  | { kind: 'lrn'; size: number; bias: number; alpha: number; beta: number }
  | { kind: 'activation'; function: ActivationFunction }
  /** Inverted: kept values are divided by 1 − rate in training, and nothing is done in evaluation. */
  | { kind: 'dropout'; rate: number }
  | { kind: 'add' }
  /** Along the channels. */
  | { kind: 'concat' }
  | { kind: 'scale'; factor: number }
  /** Inputs (transform, gate, carry): gate · transform + (1 − gate) · carry (Srivastava et al. 2015, eq. 3). */
  | { kind: 'gate' }
  /** A trained coefficient and bias for each channel: LeNet-5's subsampling. */
  | { kind: 'affine' }
  | { kind: 'pool'; type: 'max' | 'average'; size: number; stride: number; padding: Padding }
  | { kind: 'global-average-pool' }
  /** Option A of He et al. 2015: every `stride`-th pixel, new channels zero. */
  | { kind: 'subsample-pad'; stride: number; channels: number }
  | { kind: 'flatten' }
  | { kind: 'dense'; units: number; bias: number | null; init: Initialiser }
  /** Fukushima 1980, §2: `planes` of feature extracting cells with shunting inhibition; they learn without labels. */
  | ({ kind: 's-cells'; planes: number; size: number; padding: Padding } & SCellConstants)
  /** Fukushima 1980, §2: cells that blur each plane of S-cells and so tolerate shifts; nothing is learnt. */
  | ({ kind: 'c-cells'; size: number; stride: number; padding: Padding } & CCellConstants)
  /** −Σ (x − code)² of each unit's fixed code: the negative penalty of LeNet-5's output (LeCun et al. 1998, eq. 7). */
  | { kind: 'rbf'; codes: readonly (readonly number[])[] };

/** Of S-cells: Fukushima 1980, in the paper's letters. */
export interface SCellConstants {
  /** r: the higher, the more alike what a cell fires for must be to what it has learnt (cosine above r / (1 + r)). */
  selectivity: number;
  /** q: how far one stimulus moves the weights of a representative. */
  reinforcement: number;
  /** Side of the square of positions within which one cell of all planes may become a representative. */
  column: number;
  /** Layer by layer: it learns in the part `stage` (1 is the first) of as many parts as there are stages, and one more. */
  stage: number;
}

/** Of C-cells: Fukushima 1980, in the paper's letters. */
export interface CCellConstants {
  /** δ: weight of an S-cell at distance d is δ^d. */
  decay: number;
  /** α: half of the greatest output is reached at it. */
  saturation: number;
}

export type OpKind = Op['kind'];

/** A node of a net's graph: what it does, to which others, and the shape that comes out. */
export interface Layer {
  /** No two of a net have the same. */
  readonly name: string;
  readonly op: Op;
  readonly inputs: readonly Layer[];
  readonly output: Shape;
  /** Name of a layer of the same kind and shapes whose variables it uses; it has none of its own. */
  readonly parametersOf?: string;
}

export interface NetDescription {
  name: string;
  /** The options it was built with, defaults filled in. */
  options: Record<string, Json>;
  input: Shape;
  classes: number;
  /** In topological order; the last one gives the logits. */
  layers: readonly Layer[];
  /** Heads that exist in training only. */
  auxiliary: readonly AuxiliaryHead[];
}

interface AuxiliaryHead {
  /** Of its loss, beside the main loss at weight 1. */
  weight: number;
  /** Those that no other part of the net has, in topological order; the last one gives the head's logits. */
  layers: readonly Layer[];
}

/** What the source says of the net in the paper's form; MACs are multiply-accumulates of one image. */
interface NetPublished {
  parameters?: number;
  macs?: number;
  /** Of parameters and MACs. */
  source?: string;
  /** Where our counts differ: how the published ones were made, in one line. */
  counted?: string;
  top5?: PublishedError;
}

/** An ILSVRC error. Figures of one model and of several, of the validation and of the test set are not comparable. */
export interface PublishedError {
  /** Share of images whose class is not among five guesses: 0.164 is 16.4 %. */
  error: number;
  /** Models whose predictions were averaged. */
  models: number | 'several';
  set: 'val' | 'test';
  /** Trained on images that the competition did not give. */
  extraData?: boolean;
  source: string;
}

/** What every net is told by the dataset, unless its options say otherwise. */
export interface NetInput {
  shape: Shape;
  classes: number;
}

/** One option of a net: its default (for all forms, or by form), and its known values or, for numbers, their range. */
export interface OptionSpec {
  default: Json | { byForm: Record<string, Json> };
  oneOf?: readonly Json[];
  minimum?: number;
  maximum?: number;
  /** Numbers need not be whole. */
  real?: boolean;
  /** One line for `--help` and the documentation. */
  about: string;
}

/** A net, or as many as its options allow. */
export interface NetDefinition {
  /** Lower-case letters, digits and dashes. */
  name: string;
  /** Nets of one paper, or of one idea. */
  family: string;
  year: number;
  /** Authors, year, figure or table. */
  source: string;
  /** Shape and classes of the paper's form. */
  paperInput: NetInput;
  /** Counts and errors that stand in the source; `bench nets show` sets ours beside them. */
  published?: NetPublished;
  /** By name: `--set options.NAME=value` and `options: { NAME: value }` in a spec. */
  options: Record<string, OptionSpec>;
  /** Gets checked options with defaults filled in; returns the layer that gives the logits, or that and auxiliary ones. */
  build(options: Record<string, Json>, input: NetInput): Layer | Heads;
}

/** Logits of a net with auxiliary classifiers; each has a weight in the training loss. */
export interface Heads {
  logits: Layer;
  auxiliary: readonly { logits: Layer; weight: number }[];
}

/**
 * A net as a description, from which the engine builds a program. In a project it, or an array of a family, is the
 * `export default` of a file in `nets/`. An identity that gives the types. An option that the net does not have, or a value out of
 * its range, is a `UserError` before `build` is called; layers that do not fit are one when it is.
 */
export const defineNet = (definition: NetDefinition): NetDefinition => definition;
