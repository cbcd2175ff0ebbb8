/** What a report shows of one run's test set. */
export interface ShownTestSet {
  run: string;
  arm: string;
  seed: number;
  procedure: string;
  dataset: string;
  classes: readonly string[];
  /** Images by class and by the class they were taken for. */
  confusion: readonly (readonly number[])[];
  samples: readonly ShownImage[];
}

export interface ShownImage {
  /** In the test set. */
  index: number;
  /** As a `data:` address. */
  png: string;
  label: string;
  /** The best first. */
  best: readonly { class: string; probability: number }[];
}
