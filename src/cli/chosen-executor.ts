/** Where `bench run` executes cells: as its options say, else as bench.config.ts says. */
import { UserError } from '../core/errors.ts';
import { benchDir } from '../core/places.ts';
import { loadBenchConfig } from '../runner/bench-config.ts';
import type { Executor } from '../runner/executor.ts';
import { LocalExecutor } from '../runner/local-executor.ts';
import { liveArrays } from '../runner/slurm/arrays.ts';
import { parseSettings, type SlurmSettings } from '../runner/slurm/settings.ts';
import { SlurmExecutor } from '../runner/slurm/slurm-executor.ts';

const PLACES = ['local', 'slurm'] as const;
export type Place = (typeof PLACES)[number];

/** Null for the local pool. `workers` is the limit of an array. */
export async function slurmSettings({ on, workers }: { on?: Place; workers?: number }): Promise<SlurmSettings | null> {
  if (on === 'local') return null;
  const { executor } = await loadBenchConfig();
  if (on === undefined && executor === null) return null;
  const settings = executor ?? parseSettings({ kind: 'slurm' }, '--on slurm');
  return workers === undefined ? settings : { ...settings, arrayLimit: workers };
}

export function makeExecutor(
  experiment: string,
  settings: SlurmSettings | null,
  { workers, say }: { workers: number; say(line: string): void },
): Executor {
  if (settings !== null) return new SlurmExecutor({ benchDir: benchDir(), experiment, settings, say });
  return new LocalExecutor(workers);
}

/** For the local pool: a cell that waits in Slurm's queue would be run twice. */
export async function refuseWhatSlurmHas(experiment: string): Promise<void> {
  const arrays = await liveArrays(benchDir(), experiment);
  if (arrays?.length === 0) return;
  throw new UserError(
    `${experiment} is in Slurm's hands: \`bench watch ${experiment}\` follows it, \`bench cancel ${experiment}\` ends it.`,
  );
}
