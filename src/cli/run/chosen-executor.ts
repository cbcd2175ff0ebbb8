/** Where `bench run` executes cells: as its options say, else as bench.config.ts says. */
import { UserError } from '../../core/errors.ts';
import { benchDir } from '../../core/places.ts';
import { loadBenchConfig } from '../../runner/bench-config.ts';
import { type ChosenExecutor, executorOf } from '../../runner/executors/index.ts';
import { liveArrays } from '../../runner/slurm/arrays.ts';

export async function chosenExecutor({ on, workers }: { on?: string; workers?: number }): Promise<ChosenExecutor> {
  const { executor, file } = await loadBenchConfig();
  if (executor !== null && (on === undefined || on === executor.kind)) return executorOf(executor, file, workers);
  return executorOf({ kind: on ?? 'local' }, `--on ${on}`, workers);
}

/** For executors of this machine: a cell that waits in Slurm's queue would be run twice. */
export async function refuseWhatSlurmHas(experiment: string): Promise<void> {
  const arrays = await liveArrays(benchDir(), experiment);
  if (arrays?.length === 0) return;
  throw new UserError(
    `${experiment} is in Slurm's hands: \`bench watch ${experiment}\` follows it, \`bench cancel ${experiment}\` ends it.`,
  );
}
