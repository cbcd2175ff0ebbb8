/** Where the time of a training step goes, as it is measured, printed and drawn. */
export interface ProfileRow {
  /** A kind of kernel, or a layer. */
  name: string;
  /** Kernels of one step. */
  count: number;
  ms: number;
  /** Of the time of all kernels. */
  share: number;
  /** Of convolutions and dense layers; null for kernels whose operations are not counted. */
  gflops: number | null;
}

export interface Profile {
  net: string;
  batch: number;
  precision: string;
  threads: number;
  /** Median of the profiled steps, which the logging makes a little slower. */
  stepMs: number;
  /** Share of the step that oneDNN's primitives take; reorders of memory are not counted as work. */
  onednnShare: number;
  /** Best of a few matrix products of 2048 × 2048 in these threads. */
  peakGflops: number;
  byOperation: ProfileRow[];
  byLayer: ProfileRow[];
}
