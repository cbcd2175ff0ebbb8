import { EXIT } from '../core/errors.ts';
import { artifactsDir, runsDir } from '../core/places.ts';
import { collectGarbage, type GcPlan, planGc } from '../tracking/queries.ts';
import { withRecordedStore } from './chosen-runs.ts';
import { printJson } from './command.ts';
import { formatBytes } from './format-bytes.ts';

export interface GcCommandOptions {
  dryRun?: boolean;
  checkpointBudget?: number;
  json?: boolean;
}

export function gcCommand({ dryRun, checkpointBudget, json }: GcCommandOptions): Promise<number> {
  return withRecordedStore(store => {
    const options = { runsDir: runsDir(), artifactsDir: artifactsDir(), checkpointBudgetBytes: checkpointBudget };
    const plan = planGc(store, options);
    if (!dryRun) collectGarbage(store, plan);
    if (json) printJson({ dryRun: dryRun ?? false, bytes: bytesOf(plan), ...plan });
    else process.stdout.write(formatPlan(plan, dryRun ?? false));
    return EXIT.ok;
  });
}

function formatPlan(plan: GcPlan, dryRun: boolean): string {
  const lines = [
    ...plan.runs.map(({ id, bytes }) => `run ${id}  ${formatBytes(bytes)}`),
    ...plan.artifacts.map(({ file, bytes }) => `artifact ${file}  ${formatBytes(bytes)}`),
    ...plan.checkpoints.map(({ file, bytes }) => `checkpoint ${file}  ${formatBytes(bytes)}`),
    ...plan.kept.map(line => `kept: ${line}`),
    `${dryRun ? 'would remove' : 'removed'}: ${countsOf(plan)}, ${formatBytes(bytesOf(plan))}`,
  ];
  return lines.map(line => `${line}\n`).join('');
}

const countsOf = ({ runs, artifacts, checkpoints }: GcPlan): string =>
  `${runs.length} runs, ${artifacts.length} artifacts, ${checkpoints.length} checkpoints`;

const bytesOf = ({ runs, artifacts, checkpoints }: GcPlan): number =>
  [...runs, ...artifacts, ...checkpoints].reduce((sum, { bytes }) => sum + bytes, 0);
