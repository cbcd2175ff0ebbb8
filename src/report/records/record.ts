/** A record: an experiment's finished runs, frozen with what is needed to draw its verdicts again. */
import * as v from 'valibot';

const number = v.number();
const outcome = v.picklist(['confirmed', 'refuted', 'inconclusive']);
const interval = v.nullable(v.tuple([number, number]));
/** A seed's figure; null: it has none, or none that is finite. */
const figure = v.nullable(v.union([number, v.object({ above: number })]));

const claim = v.object({
  id: v.string(),
  kind: v.picklist(['superiority', 'interaction', 'equivalence', 'conjunction']),
  statement: v.string(),
  metric: v.string(),
  unit: v.string(),
  contrast: v.record(v.string(), number),
  /** Of a conjunction; its figures are its weakest part's. */
  parts: v.optional(v.array(v.string())),
  margin: number,
  published: v.string(),
  verdict: outcome,
  because: v.nullable(v.string()),
  effect: v.nullable(number),
  interval,
  level: number,
  permutationP: v.nullable(number),
  seedsNeeded: v.nullable(number),
  seeds: v.array(number),
  effects: v.array(number),
  /** Claim's name of an arm → the arm whose level was chosen; and what holds with all arms at each level. */
  chosen: v.optional(
    v.object({
      arms: v.record(v.string(), v.string()),
      atLevel: v.array(v.object({ level: v.string(), verdict: outcome, effect: v.nullable(number), interval })),
    }),
  ),
});

const count = v.object({
  id: v.string(),
  statement: v.string(),
  unit: v.string(),
  verdict: v.picklist(['confirmed', 'refuted']),
  ours: number,
  published: v.string(),
});

const execution = v.object({
  run: v.string(),
  arm: v.string(),
  seed: number,
  spec: v.string(),
  state: v.string(),
  started: v.nullable(v.string()),
  seconds: v.nullable(number),
  /** Whose run it is, where another experiment had the same cell. */
  of: v.optional(v.string()),
});

const measured = {
  tier: v.string(),
  decides: v.boolean(),
  spec: v.string(),
  command: v.string(),
  code: v.object({ commit: v.nullable(v.string()), dirty: v.boolean() }),
  machine: v.object({ cpu: v.string(), cores: number, os: v.string() }),
  software: v.object({ tensorflow: v.string(), node: v.string() }),
  execution: v.object({ threads: number, precision: v.string(), device: v.string() }),
  data: v.record(v.string(), v.string()),
  /** What is not the same in all runs. */
  differences: v.array(v.string()),
  ran: v.object({ from: v.string(), to: v.string() }),
  /** Of all executions, one cell after the other. */
  costSeconds: number,
  seeds: v.array(number),
  /** By which a level is chosen, and among which arms for each name of the claims; absent without such a factor. */
  choice: v.optional(v.object({ factor: v.string(), by: v.string(), arms: v.record(v.string(), v.array(v.string())) })),
  /** Metric → arm, or arms with `+` between them → by seed. */
  figures: v.record(v.string(), v.record(v.string(), v.array(figure))),
  executions: v.array(execution),
};

export const RECORD = v.object({
  experiment: v.string(),
  kind: v.picklist(['superiority', 'interaction', 'equivalence', 'conjunction', 'counted']),
  verdict: outcome,
  recorded: v.string(),
  claims: v.array(claim),
  counts: v.array(count),
  /** How the spec came to be, and what was changed after its first run. */
  history: v.array(v.string()),
  /** Absent where nothing was trained. */
  measured: v.optional(v.object(measured)),
});

export type ExperimentRecord = v.InferOutput<typeof RECORD>;
export type RecordedClaim = ExperimentRecord['claims'][number];
export type RecordedCount = ExperimentRecord['counts'][number];
export type Measured = NonNullable<ExperimentRecord['measured']>;
