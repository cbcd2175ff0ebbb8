/** One round of a comparison of speed: the same benchmarks in two fresh processes, one of each code. */

export type Side = 'base' | 'head';

export type SpeedRound = Record<Side, SpeedSample>;

/** What one process measured. */
export interface SpeedSample {
  /** Of a fixed piece of arithmetic that is the same code on both sides: it tells the machine from the code. */
  controlMs: number;
  /** Benchmark → median milliseconds of one execution. */
  medianMs: Record<string, number>;
  /** Benchmark → one line, for those that could not be measured. */
  failures: Record<string, string>;
}
