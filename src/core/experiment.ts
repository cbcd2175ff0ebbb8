/** The words of an experiment: what a file in experiments/ says, and what is made of it. */
import type { CellConfig, CellConfigSpec, ConfigPatch, UnplannedConfig } from './cell-config.ts';
import type { CountedClaim } from './counted-claim.ts';

/** How much is spent on an answer: *smoke* shows that all works, *ci* is what a gate runs on, *full* is the paper's setting. */
export type TierName = 'smoke' | 'ci' | 'quick' | 'long' | 'full';
export const TIERS: readonly TierName[] = ['smoke', 'ci', 'quick', 'long', 'full'];

export type Device = 'cpu' | 'gpu';
export const DEVICES: readonly Device[] = ['cpu', 'gpu'];

/** So many seeds of each arm, with these changes of the base. */
export interface Tier {
  /** Seeds 1 … `seeds`. */
  seeds: number;
  /** False: the tier is too short to decide anything and its verdict is always inconclusive. */
  decides: boolean;
  about: string;
  config?: ConfigPatch;
  /** In place of the experiment's: a paper's own setting shares little with the small form. */
  base?: UnplannedConfig;
  /** Factors whose levels are others at this tier. */
  factors?: Record<string, Record<string, ConfigPatch>>;
  /** In place of the experiment's, where the arms have other names. */
  claims?: readonly Claim[];
}

/** *interaction* is a superiority of differences: the same rule, another reading. */
export type ClaimKind = 'superiority' | 'interaction' | 'equivalence';

/** A sentence that the runs can confirm or refute. */
export interface Claim {
  id: string;
  kind: ClaimKind;
  /** In one sentence, true if the claim is confirmed. */
  statement: string;
  /** A final figure of a run: `train.loss`, `test.top1`, `steps-to:test.top1<=0.2`, `log2-steps-to:…`. */
  metric: string;
  /** Unit of the effect as a person says it: "nats", "pp". */
  unit: string;
  /**
   * The effect of one seed is Σ weight × figure. `ARM` stands for the metric of an arm, `ARM:METRIC` for another figure of
   * it, `ARM+ARM` for what the arms' averaged predictions give. Positive supports the claim.
   */
  contrast: Record<string, number>;
  /** In the metric's own unit, set before the first run. */
  margin: number;
  /** The figure of the source, as text, for the report. */
  published: string;
}

/** Claims that must all hold; what it says is then the experiment's own verdict. */
export interface Conjunction {
  id: string;
  statement: string;
  /** Ids of claims. */
  parts: readonly string[];
  published: string;
}

/**
 * A factor whose level each arm takes for itself, such as the learning rate: that with the least mean of a figure of
 * held-out images. Claims speak of arms without it, and are also judged with all arms at each level.
 */
export interface Choice {
  factor: string;
  /** `validation.loss` or `validation.top1`: never a figure of the test set. */
  by: string;
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

/** A threshold as a person writes it: 95 % confidence, at least 5 seeds, looks after 5 and 10, unless it says others. */
type GateThresholdSpec = Pick<GateThreshold, 'metric' | 'direction' | 'margin'> & Partial<GateThreshold>;

/** An experiment whose defaults are filled in. */
export interface Experiment {
  /** That of its file. */
  id: string;
  title: string;
  question: string;
  /** Whose claim it is: authors, year, section, table. */
  source: string;
  /** What all arms share. */
  base: UnplannedConfig;
  /** Factor → level → what the level changes. Arms are all combinations, named by their levels: "plain-34". */
  factors: Record<string, Record<string, ConfigPatch>>;
  /** *smoke* has a default: a few steps of each arm. */
  tiers: Partial<Record<TierName, Tier>>;
  /** The first claim is the one that the experiment's verdict states, unless there is a conjunction. */
  claims: readonly Claim[];
  /** Claims that must all hold. */
  conjunction?: Conjunction;
  /** A factor whose level each arm takes for itself. */
  choice?: Choice;
  /** What nothing is trained for; no part of the spec's hash. */
  counts?: readonly CountedClaim[];
  /** What the gate holds it to. No part of the spec's hash: other thresholds are other questions to the same runs. */
  gate?: readonly GateThreshold[];
  /** Groups to run at once: `bench run TAG`. */
  tags?: readonly string[];
  /** Why it was believed; how the verdict is to be read. For `bench explain`. */
  believed?: string;
  reading?: string;
  /** What the small form cannot show, in sentences. Printed in the report. */
  limits: readonly string[];
  /** When and how margins were set, and changes after the first run: a record for the reader. */
  history: readonly string[];
}

/** Nothing is trained: published counts of nets beside ours. */
export type CountedExperiment = Pick<
  Experiment,
  'id' | 'title' | 'question' | 'source' | 'tags' | 'believed' | 'reading' | 'limits' | 'history'
> & { counts: readonly CountedClaim[] };

/** A tier as a person writes it. */
export type TierSpec = Omit<Tier, 'base'> & { base?: CellConfigSpec };

/** An experiment as a person writes it: fields of the configuration that have defaults may be left out. */
export type ExperimentSpec = Omit<Experiment, 'base' | 'tiers' | 'gate'> & {
  base: CellConfigSpec;
  tiers: Partial<Record<TierName, TierSpec>>;
  gate?: readonly GateThresholdSpec[];
};

/**
 * An experiment: the `export default` of `experiments/ID.ts`. An identity that gives the types; `bench` checks the spec when it
 * loads it, fills in defaults, and throws a `UserError` of one line that names the file and the field. Claims may not
 * speak of arms that there are not, and their weights must cancel.
 */
export const defineExperiment = (experiment: ExperimentSpec): ExperimentSpec => experiment;

/** An experiment for which nothing is trained: published counts of parameters or operations beside those of nets here. */
export const defineCounts = (experiment: CountedExperiment): CountedExperiment => experiment;

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
  /** Of the dataset; empty in the plan of one that is not there. */
  dataHash: string;
  /** Identity of the cell whose weights it begins with, if it does not draw all of them. */
  startsFrom: string | null;
  /** SHA-256 of config, seed, execution, code, data and what it starts from: cells of equal identity give equal bits on equal machines. */
  identity: string;
}
