import { EXIT } from '../../core/errors.ts';
import { formatBytes } from '../../core/format-bytes.ts';
import { artifactsDir, benchDir, packageRoot, runsDir } from '../../core/places.ts';
import { type GarbagePack, garbagePacks, removePack } from '../../data/index.ts';
import { removeSlurmGarbage, type SlurmGarbage, slurmGarbage } from '../../runner/slurm/garbage.ts';
import { collectGarbage, type GcPlan, planGc } from '../../tracking/queries.ts';
import { withRecordedStore } from '../../tracking/recorded-store.ts';
import { printJson } from '../output/json.ts';

export interface GcCommandOptions {
  dryRun?: boolean;
  checkpointBudget?: number;
  packDays?: number;
  packBudget?: number;
  json?: boolean;
}

/** What lies in the project's folder, and the packs of the cache, which projects share. */
interface Garbage extends GcPlan, SlurmGarbage {
  packs: GarbagePack[];
}

export function gcCommand({ dryRun, json, ...limits }: GcCommandOptions): Promise<number> {
  return withRecordedStore(async store => {
    const places = { runsDir: runsDir(), artifactsDir: artifactsDir() };
    const inProject = planGc(store, { ...places, checkpointBudgetBytes: limits.checkpointBudget });
    const packs = garbagePacks({ unusedDays: limits.packDays, budgetBytes: limits.packBudget });
    const plan: Garbage = { ...inProject, ...slurmGarbage(benchDir()), packs };
    if (!dryRun) {
      collectGarbage(store, plan);
      removeSlurmGarbage(packageRoot, benchDir(), plan);
      for (const pack of packs) await removePack(pack);
    }
    if (json) printJson({ dryRun: dryRun ?? false, bytes: bytesOf(plan), ...plan });
    else process.stdout.write(formatPlan(plan, dryRun ?? false));
    return EXIT.ok;
  });
}

function formatPlan(plan: Garbage, dryRun: boolean): string {
  const lines = [
    ...plan.runs.map(({ id, bytes }) => `run ${id}  ${formatBytes(bytes)}`),
    ...plan.artifacts.map(({ file, bytes }) => `artifact ${file}  ${formatBytes(bytes)}`),
    ...plan.checkpoints.map(({ file, bytes }) => `checkpoint ${file}  ${formatBytes(bytes)}`),
    ...plan.packs.map(({ folder, bytes }) => `pack ${folder}  ${formatBytes(bytes)}`),
    ...plan.arrays.map(token => `array ${token}`),
    ...plan.copies.map(folder => `copy of the code ${folder}`),
    ...plan.kept.map(line => `kept: ${line}`),
    `${dryRun ? 'would remove' : 'removed'}: ${countsOf(plan)}, ${formatBytes(bytesOf(plan))}`,
  ];
  return lines.map(line => `${line}\n`).join('');
}

const COUNTED = ['runs', 'artifacts', 'checkpoints', 'packs', 'arrays', 'copies'] as const;

const countsOf = (plan: Garbage): string => COUNTED.map(kind => `${plan[kind].length} ${kind}`).join(', ');

const bytesOf = ({ runs, artifacts, checkpoints, packs }: Garbage): number =>
  [...runs, ...artifacts, ...checkpoints, ...packs].reduce((sum, { bytes }) => sum + bytes, 0);
