import { EXIT, UserError } from '../../core/errors.ts';
import type { TierName } from '../../core/experiment.ts';
import { unknownName } from '../../core/registry.ts';
import type { ClaimVerdict, RunSummary } from '../../core/results.ts';
import {
  curveSummaries,
  experimentNames,
  lastVerdicts,
  latestRuns,
  listRuns,
  runDetail,
  type VerdictScope,
} from '../../tracking/queries.ts';
import { withRecordedStore } from '../../tracking/recorded-store.ts';
import type { Store } from '../../tracking/store.ts';
import { verdictLines } from '../claims/verdict-lines.ts';
import { printJson, wordsForNumbers } from '../output/json.ts';
import { showProvenance } from './provenance-page.ts';
import { formatRun } from './run-page.ts';
import { formatRuns } from './run-table.ts';

const RUN_ID = /^[0-9a-f]+$/;

interface ShowOptions {
  tier: TierName | undefined;
  provenance: boolean;
  json: boolean;
}

export function showCommand(name: string, { tier, provenance, json }: ShowOptions): Promise<number> {
  return withRecordedStore(store => {
    const experiments = experimentNames(store);
    if (experiments.includes(name)) showExperiment(store, name, tier, json);
    else if (RUN_ID.test(name)) showRun(store, name, provenance, json);
    else throw unknownName('experiment or run', name, experiments);
    return EXIT.ok;
  }, `nothing is known of "${name}": no runs yet. \`bench run EXPERIMENT\` makes some.`);
}

function showRun(store: Store, idPrefix: string, provenance: boolean, json: boolean): void {
  const run = runDetail(store, idPrefix);
  if (provenance) {
    showProvenance(store, run, json);
    return;
  }
  const summaries = curveSummaries(store, run.id);
  if (json) printJson(wordsForNumbers({ ...run, curves: summaries }));
  else process.stdout.write(formatRun(run, summaries));
}

function showExperiment(store: Store, experiment: string, tier: TierName | undefined, json: boolean): void {
  const scope = newestScope(store, experiment, tier);
  const cells = latestRuns(store, experiment, scope.tier, scope.specHash);
  const verdicts = lastVerdicts(store, scope);
  if (json) printJson(wordsForNumbers({ ...scope, cells, verdicts }));
  else process.stdout.write(formatExperiment(store, cells, verdicts));
}

function formatExperiment(store: Store, cells: readonly RunSummary[], verdicts: readonly ClaimVerdict[]): string {
  return `${formatRuns(store, cells)}${verdicts.length > 0 ? `\n${verdictLines(verdicts)}` : ''}`;
}

function newestScope(store: Store, experiment: string, tier: TierName | undefined): VerdictScope {
  const newest = listRuns(store, { experiment, tier, limit: 1 })[0];
  if (newest === undefined)
    throw new UserError(`${experiment} has no runs at tier ${tier}. \`bench list ${experiment}\` shows those it has.`);
  return { experiment, tier: newest.tier, specHash: newest.specHash };
}
