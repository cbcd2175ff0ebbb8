/** Which runs an experiment's verdicts were drawn from, whatever the code has become since. */
import { EXIT, UserError } from '../../core/errors.ts';
import type { Arm, TierName } from '../../core/experiment.ts';
import { canonicalJson, type Json } from '../../core/ids.ts';
import { isSettled, type RunSummary } from '../../core/results.ts';
import { latestRuns, leavesOf, listRuns, runDetail } from '../../tracking/queries.ts';
import type { Store } from '../../tracking/store.ts';

export interface SpecCells {
  experiment: string;
  tier: TierName;
  specHash: string;
  arms: readonly Arm[];
  seeds: readonly number[];
}

/** One run for each arm and seed, under the spec's names. Throws one line if a cell has none that has come to its end. */
export function runsOfSpec(store: Store, cells: SpecCells): RunSummary[] {
  const own = latestRuns(store, cells.experiment, cells.tier, cells.specHash).filter(isSettled);
  const others = listRuns(store).filter(isSettled);
  const found = cells.arms.flatMap(arm =>
    cells.seeds.map(seed => {
      const run = own.find(one => one.arm === arm.name && one.seed === seed) ?? sameCell(store, others, arm, seed);
      return { arm, seed, run };
    }),
  );
  const missing = found.filter(({ run }) => run === undefined);
  if (missing.length > 0) throw unfinished(cells, missing.length, found.length);
  return found.map(({ arm: { name, levels }, seed, run }) => ({ ...(run as RunSummary), arm: name, levels, seed }));
}

/** Another experiment's run of the same configuration: equal cells are run once. */
function sameCell(store: Store, runs: readonly RunSummary[], { config }: Arm, seed: number): RunSummary | undefined {
  const wanted = leavesOf(config as unknown as Json);
  return runs.find(run => {
    if (run.seed !== seed || run.steps !== config.steps) return false;
    const stored = leavesOf(runDetail(store, run.id).cell.config as unknown as Json);
    // A field that is newer than the run has its default.
    return [...stored].every(([name, value]) => canonicalJson(value) === canonicalJson(wanted.get(name) ?? null));
  });
}

const unfinished = ({ experiment, tier }: SpecCells, missing: number, all: number): UserError =>
  new UserError(
    `${experiment}: ${missing} of ${all} cells have not come to their end at tier ${tier}. "npx bench run ${experiment} --tier ${tier}" goes on.`,
    { exitCode: EXIT.noData },
  );
