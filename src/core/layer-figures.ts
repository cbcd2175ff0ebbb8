/** What the layers of a net do: looked at by the engine, of a run by the runner, of an experiment by reports. */
import type { OpKind } from './net.ts';

/** Of one layer on one batch. */
export interface LayerFigures {
  layer: string;
  kind: OpKind;
  /** Of its outputs, over the batch, all positions and channels. */
  mean: number;
  deviation: number;
  /** Of a ReLU: the share of its channels, or units, that are 0 at every position of every image of the batch. */
  dead?: number;
  /** Of a layer with trained variables: the Euclidean norms of all of them and of the loss's gradient. */
  weightNorm?: number;
  gradientNorm?: number;
  /** Of local response normalisation, k + α Σ a²: its 5, 50 and 95 % quantiles. Where they lie close it is a constant factor. */
  denominator?: { low: number; median: number; high: number };
}

/** At a run's first weights and at its last. */
export interface RunLayers {
  run: string;
  arm: string;
  seed: number;
  /** Of the checkpoint that `end` is of. */
  step: number;
  /** In the order of the net; auxiliary heads are part of the loss and not listed. */
  start: LayerFigures[];
  end: LayerFigures[];
}
