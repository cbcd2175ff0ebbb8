/** How jobs are asked for: what `slurm({ … })` in bench.config.ts may say. */
import * as v from 'valibot';
import { count, countFromZero, parse } from '../schema-parts.ts';

const word = v.pipe(v.string(), v.regex(/^[^\s'"\\]+$/, 'expected a word without spaces and quotes'));
const lines = v.pipe(v.array(v.string()), v.readonly());

const schema = v.strictObject({
  kind: v.literal('slurm'),
  partition: v.optional(word),
  account: v.optional(word),
  qos: v.optional(word),
  /** Where the results lie, on a file system that all nodes share; what is left out is `.bench`. BENCH_DIR wins. */
  folder: v.optional(v.pipe(v.string(), v.minLength(1))),
  /** Of a task, as Slurm writes it: "30" (minutes), "2:00:00", "1-0". */
  time: v.optional(word),
  /** Of a task, as Slurm writes it: "4G". */
  memory: v.optional(word),
  /** Of a task; what is left out is the threads of a cell. */
  cpus: v.optional(count),
  gpus: v.optional(countFromZero, 0),
  /** Tasks of one array that run at once; what is left out is as many as Slurm allows. */
  arrayLimit: v.optional(count),
  /** Short cells share a task, one after the other. */
  cellsPerTask: v.optional(count, 1),
  /** Times that a cell which fails by itself is tried again. */
  retries: v.optional(countFromZero, 2),
  /** Before the time limit a cell is asked to stop, with a checkpoint, and is queued again. */
  warningSeconds: v.optional(count, 60),
  /** *copy*: workers run a copy of the checkout, made when they are submitted. *in-place*: the checkout itself. */
  code: v.optional(v.picklist(['copy', 'in-place']), 'copy'),
  /** A folder that each node has for itself, for TensorFlow and data; what is left out is the user's cache, on all. */
  nodeCache: v.optional(word),
  /** Shell lines before the worker: modules to load, for example. */
  setup: v.optional(lines, []),
  /** Further options of sbatch: "--constraint=avx512". */
  options: v.optional(lines, []),
});

export type SlurmSettings = v.InferOutput<typeof schema>;
/** `docs/executors.md` has a table of them. */
export type SlurmSpec = Omit<v.InferInput<typeof schema>, 'kind'>;

/**
 * Job arrays on a Slurm cluster, for `executor` in `bench.config.ts`. Checked when `bench run` needs it; `docs/executors.md` says
 * what each setting does and what is assumed of the cluster.
 */
export const slurm = (spec: SlurmSpec = {}): SlurmSpec & { kind: 'slurm' } => ({ kind: 'slurm', ...spec });

const checked = v.pipe(
  schema,
  v.check(
    ({ code, nodeCache }) => nodeCache === undefined || code === 'copy',
    "expected code: 'copy' with nodeCache, as packages hold the place of TensorFlow",
  ),
);

/** `where`: the file that says it. A mistake is one line. */
export function parseSettings(spec: unknown, where: string): SlurmSettings {
  return (parse(v.object({ executor: checked }), { executor: spec }, where) as { executor: SlurmSettings }).executor;
}
