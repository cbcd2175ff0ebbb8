/** Where `bench run` executes cells: as its options say, else as bench.config.ts says. */
import { UserError } from '../core/errors.ts';
import { benchDir, packageRoot } from '../core/places.ts';
import { loadBenchConfig } from '../runner/bench-config.ts';
import { checkoutProvenance } from '../runner/checkout.ts';
import { copyCode } from '../runner/code-copy.ts';
import type { Executor } from '../runner/executor.ts';
import { LocalExecutor } from '../runner/local-executor.ts';
import { liveArrays } from '../runner/slurm/arrays.ts';
import { parseSettings, type SlurmSettings } from '../runner/slurm/settings.ts';
import { SlurmExecutor, type SlurmOptions } from '../runner/slurm/slurm-executor.ts';
import { whyNoRepository } from '../runner/worktree.ts';

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
  { workers, ...progress }: { workers: number; say(line: string): void; stop: AbortSignal },
): Executor {
  if (settings === null) return new LocalExecutor(workers);
  return new SlurmExecutor({
    benchDir: benchDir(),
    experiment,
    settings,
    say: progress.say,
    ...copying(settings, progress),
  });
}

/** Of the checkout as it is now, made when something is submitted. A package that was installed does not change. */
function copying(
  { code, nodeCache }: SlurmSettings,
  progress: { say(line: string): void; stop: AbortSignal },
): Pick<SlurmOptions, 'copyCode'> {
  if (code === 'in-place') return {};
  const why = whyNoRepository(packageRoot);
  if (why !== null && nodeCache !== undefined)
    throw new UserError(
      `nodeCache: expected bench in a git checkout, to copy it with its packages; ${why} (${packageRoot}).`,
    );
  if (why !== null) return {};
  const checkout = checkoutProvenance();
  return { copyCode: () => copyCode(packageRoot, benchDir(), checkout, { ...progress, runCache: nodeCache }) };
}

/** For the local pool: a cell that waits in Slurm's queue would be run twice. */
export async function refuseWhatSlurmHas(experiment: string): Promise<void> {
  const arrays = await liveArrays(benchDir(), experiment);
  if (arrays?.length === 0) return;
  throw new UserError(
    `${experiment} is in Slurm's hands: \`bench watch ${experiment}\` follows it, \`bench cancel ${experiment}\` ends it.`,
  );
}
