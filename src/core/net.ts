/**
 * A net as a pure description: a graph of layers with shapes, and nothing that computes. The engine builds a program
 * from it; counting, drawing and tables read the same description.
 */
import type { Json } from './ids.ts';

/** Shape of one example, without the batch: [height, width, channels] or [units]. */
export type Shape = readonly number[];

export type Padding = 'same' | 'valid' | number;
export type Initialiser = { kind: 'he-fan-out' | 'he-fan-in' | 'glorot-uniform' } | { kind: 'normal'; std: number };

/** What a layer does. One variant a kind; the engine has one builder for each, `count` one formula for each. */
export type Op =
  | { kind: 'input' }
  | {
      kind: 'conv';
      filters: number;
      kernel: readonly [number, number];
      stride: number;
      padding: Padding;
      bias: boolean;
      init: Initialiser;
    }
  | { kind: 'batch-norm'; epsilon: number; momentum: number }
  | { kind: 'relu' }
  | { kind: 'add' }
  | { kind: 'pool'; type: 'max' | 'average'; size: number; stride: number; padding: Padding }
  | { kind: 'global-average-pool' }
  /** Option A of He et al. 2015: every `stride`-th pixel, new channels zero. */
  | { kind: 'subsample-pad'; stride: number; channels: number }
  | { kind: 'dense'; units: number; bias: boolean; init: Initialiser };

export type OpKind = Op['kind'];

export interface Layer {
  readonly name: string;
  readonly op: Op;
  readonly inputs: readonly Layer[];
  readonly output: Shape;
}

export interface NetDescription {
  name: string;
  /** The options it was built with, defaults filled in. */
  options: Record<string, Json>;
  input: Shape;
  classes: number;
  /** In topological order; the last one gives the logits. */
  layers: readonly Layer[];
}

interface NetPublished {
  parameters?: number;
  macs?: number;
  source: string;
}

/** What every net is told by the dataset, unless its options say otherwise. */
export interface NetInput {
  shape: Shape;
  classes: number;
}

/** One option of a net: its default (for all forms, or by form), and its known values or, for numbers, its least value. */
export interface OptionSpec {
  default: Json | { byForm: Record<string, Json> };
  oneOf?: readonly Json[];
  minimum?: number;
  /** One line for `--help` and the documentation. */
  about: string;
}

export interface NetDefinition {
  name: string;
  family: string;
  year: number;
  source: string;
  /** Shape and classes of the paper's form. */
  paperInput: NetInput;
  published?: NetPublished;
  options: Record<string, OptionSpec>;
  /** Gets checked options with defaults filled in; returns the layer that gives the logits. */
  build(options: Record<string, Json>, input: NetInput): Layer;
}

/** An identity that gives the types. A file in src/nets/ exports an array of these as `default`: one family. */
export const defineNet = (definition: NetDefinition): NetDefinition => definition;
