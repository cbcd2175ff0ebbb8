/** What was found: the words that the store's queries, the statistics, the report and the gate share. */
import type { CountedClaim } from './counted-claim.ts';
import type { Claim, ClaimKind, Experiment, TierName } from './experiment.ts';
import type { Json } from './ids.ts';
import type { ShownTestSet } from './shown-test-set.ts';
import type { RunTier } from './tracked-cell.ts';

/**
 * pending: planned, nothing written yet · running: its process lives · finished · failed: ended by itself with an error
 * (a diverged loss too) · killed: stopped on request, or by a signal as whoever started it saw · crashed: its process is
 * gone and said nothing · unreachable: its process is where we cannot look, and has been silent for long.
 */
export const RUN_STATES = ['pending', 'running', 'finished', 'failed', 'killed', 'crashed', 'unreachable'] as const;
export type RunState = (typeof RUN_STATES)[number];

/** What `git apply` turns the commit into the code that ran with, apart from what is left out. */
export interface SourcePatch {
  /** A unified diff. The store keeps it apart: lists and reports carry the rest without it. */
  text?: string;
  bytes: number;
  /** Places in it that looked like secrets and were overwritten: it may not apply, or not give the same code. */
  redacted: number;
  /** Changed files that it does not hold, each with the reason in brackets. */
  leftOut: string[];
}

/** Where a number came from. Plain text and numbers, grouped for a reader; every group may grow without a migration. */
export interface Provenance {
  code: {
    commit: string | null;
    dirty: boolean;
    patchHash: string | null;
    codeHash: string;
    lockfileHash: string | null;
    /** What the checkout differs from its commit in; null if in nothing. Runs before version 0.2 have none. */
    patch?: SourcePatch | null;
  };
  data: { dataset: string; fingerprint: string };
  packages: Record<string, string>;
  tensorflow: { version: string; binding: string; wheel?: string | null };
  machine: {
    cpu: string;
    cores: number;
    memoryBytes: number;
    os: string;
    hostname: string;
    cpuFlags: string[];
    gpu: string | null;
  };
  execution: {
    node: string;
    threads: number;
    precision: string;
    device: string;
    pinned: string | null;
    variables: Record<string, string>;
  };
  command: string;
}

export interface RunSummary {
  id: string;
  experiment: string;
  tier: RunTier;
  arm: string;
  levels: Record<string, string>;
  seed: number;
  specHash: string;
  identity: string;
  state: RunState;
  /** Why it failed, was killed or is taken for crashed. */
  reason: string | null;
  step: number;
  steps: number;
  attempts: number;
  /** Milliseconds since 1970. */
  startedAt: number | null;
  endedAt: number | null;
  /** Final figures by name: `train.loss`, `train.top1`, `test.loss`, `test.top1`, `test.top5`, `imagesPerSecond`, … Errors are fractions. */
  metrics: Record<string, number>;
}

/** There is nothing to run again: it is finished, or diverged, as the same bits would again. */
export const isSettled = ({ state, metrics }: Pick<RunSummary, 'state' | 'metrics'>): boolean =>
  state === 'finished' || metrics.diverged !== undefined;

/** One metric of one run by step. NaN and infinities are kept. */
export interface Curve {
  run: string;
  arm: string;
  seed: number;
  metric: string;
  points: readonly (readonly [step: number, value: number])[];
}

export type Outcome = 'confirmed' | 'refuted' | 'inconclusive';

export interface ClaimVerdict {
  /** Of a conjunction: its id and words, and the figures of its weakest part. */
  claim: Claim;
  kind: ClaimKind | 'conjunction';
  outcome: Outcome;
  /** Why it is inconclusive, in a few words; null otherwise. */
  because: string | null;
  /** Effect of each complete seed, in the metric's own unit, in the order of `seeds`. */
  seeds: readonly number[];
  effects: readonly number[];
  /** Mean of the effects; NaN without any. */
  effect: number;
  /** Two-sided, at `level`; null with fewer than two seeds. */
  interval: readonly [number, number] | null;
  level: number;
  /** Exact two-sided sign-flip permutation p; null without seeds. */
  permutationP: number | null;
  /** Seeds that would probably decide it at the deviation seen; null if decided or unknown. */
  seedsNeeded: number | null;
  /** Seeds whose runs had machines of several types; left out if there are none. */
  mixed?: readonly number[];
  /** The verdict in one sentence for a person. */
  sentence: string;
  /** Where a level was chosen: the arm behind each name of the claim, and what holds with all arms at each level. */
  chosen?: { arms: Record<string, string>; atLevel: readonly LevelVerdict[] };
}

export type LevelVerdict = Pick<ClaimVerdict, 'outcome' | 'effect' | 'interval'> & { level: string };

/** No seeds, no interval: our count is right or wrong. */
export interface CountVerdict {
  claim: CountedClaim;
  outcome: Exclude<Outcome, 'inconclusive'>;
  /** Of the claim's count. */
  ours: number;
}

/** All that a report or a verdict needs of one experiment at one tier. */
export interface ExperimentResults {
  experiment: Experiment;
  tier: TierName;
  specHash: string;
  arms: readonly string[];
  seeds: readonly number[];
  /** One a cell: the newest run of the cell's identity that counts, else the newest at all; none if never started. */
  runs: readonly RunSummary[];
  curves: readonly Curve[];
  verdicts: readonly ClaimVerdict[];
  /** Of a finished run; null without one. `differences` lists what is not the same in all runs. */
  provenance: Provenance | null;
  differences: readonly { what: string; values: readonly Json[] }[];
  /** Of one run, where its predictions and the test images are at hand. */
  testSet?: ShownTestSet | null;
}
