/** What a report shows of a test set. */
export interface ShownTestSet {
  /** That of `confusion` and `samples`. */
  run: string;
  arm: string;
  seed: number;
  procedure: string;
  dataset: string;
  classes: readonly string[];
  /** Images by class and by the class they were taken for. */
  confusion: readonly (readonly number[])[];
  samples: readonly ShownImage[];
  hardest: HardestImages;
}

/** Those of which an arm's nets, all seeds together, make the least of the own class. */
export interface HardestImages {
  seeds: readonly number[];
  /** The hardest first. Probabilities are means over the seeds. */
  images: readonly ShownImage[];
}

export interface ShownImage {
  /** In the test set. */
  index: number;
  /** As a `data:` address. */
  png: string;
  label: string;
  /** Of the label. */
  probability: number;
  /** The best first. */
  best: readonly ClassProbability[];
}

export interface ClassProbability {
  class: string;
  probability: number;
}
