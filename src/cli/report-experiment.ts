import { EXIT, UserError } from '../core/errors.ts';
import type { TierName } from '../core/experiment.ts';
import { runsDir, storePath } from '../core/places.ts';
import { reportPath, writeReport } from '../report/index.ts';
import { loadExperiment } from '../runner/experiments.ts';
import { planExperiment } from '../runner/plan.ts';
import { listRuns } from '../tracking/queries.ts';
import { Recorder } from '../tracking/recorder.ts';
import { openStore, type Store } from '../tracking/store.ts';
import { resultsOfPlan } from './results-of-plan.ts';
import { withTestSet } from './shown-test-set.ts';

interface ReportOptions {
  tier?: TierName;
  seeds?: number;
  set: string[];
  out?: string;
}

export async function reportExperiment(id: string, options: ReportOptions): Promise<number> {
  const experiment = await loadExperiment(id);
  const store = openStore(storePath());
  try {
    new Recorder(store, runsDir()).ingestAll();
    const plan = await planExperiment(experiment, {
      tier: options.tier ?? lastTier(store, id),
      settings: options.set,
      ...(options.seeds && { seeds: options.seeds }),
      execution: { threads: 1, device: 'cpu' },
    });
    const path = options.out ?? reportPath(id);
    await writeReport(await withTestSet(resultsOfPlan(plan, store)), path);
    process.stdout.write(`${path}\n`);
    return EXIT.ok;
  } finally {
    store.close();
  }
}

function lastTier(store: Store, experiment: string): TierName {
  const [newest] = listRuns(store, { experiment, limit: 1 });
  if (newest) return newest.tier;
  throw new UserError(`${experiment}: no run is recorded. Run "npx bench run ${experiment}" first.`, {
    exitCode: EXIT.noData,
  });
}
