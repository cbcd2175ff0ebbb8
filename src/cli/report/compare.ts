import { relative } from 'node:path';
import { costsOf } from '../../api/arm-costs.ts';
import { factorsOfRuns } from '../../core/arms.ts';
import { EXIT } from '../../core/errors.ts';
import type { Experiment, TierName } from '../../core/experiment.ts';
import type { RunSummary } from '../../core/results.ts';
import type { ReportResults } from '../../report/costs.ts';
import { reportPath, writeReport } from '../../report/index.ts';
import { gatherResults } from '../../report/results.ts';
import { runDetail } from '../../tracking/queries.ts';
import { withRecordedStore } from '../../tracking/recorded-store.ts';
import { type ChosenCell, chosenCells } from '../../tracking/selection.ts';
import type { Store } from '../../tracking/store.ts';
import { withTestSet } from './shown-test-set.ts';

/** More names are no title. */
const MOST_NAMED = 4;

export interface CompareOptions {
  out?: string;
}

/** The page of a report for whatever was chosen. */
export function compareCommand(names: readonly string[], { out }: CompareOptions): Promise<number> {
  return withRecordedStore(async store => {
    const path = out ?? reportPath('comparison');
    await writeReport(await withTestSet(await selectionResults(store, names)), path);
    process.stdout.write(`${relative('.', path)}\n`);
    return EXIT.ok;
  });
}

/** Results of a selection. It was made after the fact, so it has no claims. Throws one line on a name that means nothing. */
export async function selectionResults(store: Store, names: readonly string[]): Promise<ReportResults> {
  const cells = chosenCells(store, names);
  const runs = cells.map(({ run, arm }): RunSummary => ({ ...run, arm }));
  const arms = [...new Set(runs.map(run => run.arm))];
  const first = runs[0] as RunSummary;
  const gathered = gatherResults(store, {
    experiment: experimentOf(store, cells, names),
    // Runs of other programs too: the spec that stands for the selection has no tiers to look it up in.
    tier: first.tier as TierName,
    specHash: first.specHash,
    decides: false,
    arms,
    seeds: [...new Set(runs.map(run => run.seed))].sort((a, b) => a - b),
    runs,
  });
  return { ...gathered, selection: names, costs: await costsOf(armConfigs(store, arms, runs)) };
}

function experimentOf(store: Store, cells: readonly ChosenCell[], names: readonly string[]): Experiment {
  const first = cells[0] as ChosenCell;
  const sources = [...new Set(cells.map(({ run }) => `${run.experiment} (${run.tier} tier)`))];
  return {
    id: 'selection',
    title: names.length > MOST_NAMED ? `${names.length} selections` : names.join(' · '),
    question: '',
    source: '',
    base: runDetail(store, first.run.id).cell.config,
    factors: factorsOf(cells),
    tiers: {},
    claims: [],
    limits: [`Runs of ${sources.join(', ')}.`, ...differing(sources)],
    history: [],
  };
}

/** Those of one experiment, as its runs tell them; arms of several experiments have none in common. */
function factorsOf(cells: readonly ChosenCell[]): Experiment['factors'] {
  if (new Set(cells.map(({ run }) => run.experiment)).size > 1) return {};
  return factorsOfRuns(cells.map(({ run }) => run));
}

function differing(sources: readonly string[]): string[] {
  return sources.length < 2
    ? []
    : [
        'They come from several experiments or tiers, which may differ in budget, data and all else: no difference between them has one cause.',
      ];
}

function armConfigs(store: Store, arms: readonly string[], runs: readonly RunSummary[]) {
  return arms.map(name => {
    const run = runs.find(one => one.arm === name) as RunSummary;
    return { name, config: runDetail(store, run.id).cell.config };
  });
}
