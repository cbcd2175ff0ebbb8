/**
 * A program: variables, and entries that read and update them. The same pure step functions run in two ways that
 * agree: compiled to one TensorFlow graph (what training uses), and eagerly op by op (what tests and
 * debugging use).
 */
import type { Tensor, ValueSpec, Values } from './backend.ts';

export type TensorsByName = Record<string, Tensor>;

/** A pure function of variables and inputs. `updates` are the new values of some variables. */
export type StepFunction = (
  variables: TensorsByName,
  inputs: TensorsByName,
) => { outputs: TensorsByName; updates?: TensorsByName };

export interface Entry {
  inputs: Record<string, ValueSpec>;
  /** Names of what `step` puts out, float32. */
  outputs: readonly string[];
  step: StepFunction;
}

export interface ProgramSpec {
  /** Shapes of the float32 variables. */
  variables: Record<string, readonly number[]>;
  entries: Record<string, Entry>;
}

export interface Program {
  /** Values of all inputs of the entry in, values of all its outputs out. */
  run(entry: string, inputs: Record<string, Values>): Record<string, Float32Array>;
  /** Copies of all variables. */
  read(): Record<string, Float32Array>;
  /** Sets all variables. */
  write(values: Record<string, Float32Array>): void;
  dispose(): void;
}
