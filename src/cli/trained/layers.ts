/** `bench layers`: of each arm of an experiment what its layers did at the first weights and at the last. */
import { EXIT, type ExitCode, refusal } from '../../core/errors.ts';
import type { TierName } from '../../core/experiment.ts';
import type { RunLayers } from '../../core/layer-figures.ts';
import { runDir } from '../../core/places.ts';
import { loadTensorFlow } from '../../engine/tensorflow.ts';
import { specFile } from '../../report/chart-file.ts';
import { gradientChart } from '../../report/layers/chart.ts';
import { type ArmLayers, meanLayers } from '../../report/layers/mean.ts';
import { writeOutput } from '../../report/output.ts';
import { printCompactly } from '../../report/records/print-compactly.ts';
import { loadExperiment } from '../../runner/experiments.ts';
import { layersOfRun } from '../../runner/layers.ts';
import { withRecordedStore } from '../../tracking/recorded-store.ts';
import { printJson, wordsForNumbers } from '../output/json.ts';
import { tell } from '../output/tell.ts';
import { chartFormatOf } from '../report/chart.ts';
import { planOfRuns, runsOfPlan } from '../report/plan.ts';
import { formatArms, formatEach } from './layers-table.ts';

export interface LayersOptions {
  tier?: TierName;
  each?: boolean;
  record?: boolean;
  out?: string;
  json?: boolean;
}

/** What `--json` prints and `--record` writes. */
interface ExperimentLayers {
  experiment: string;
  tier: TierName;
  specHash: string;
  arms: ArmLayers[];
}

export async function layersCommand(id: string, { tier, each, record, out, json }: LayersOptions): Promise<ExitCode> {
  const format = out === undefined ? null : chartFormatOf(out);
  const found = await layersOf(id, tier);
  const path = record ? writeLayers(found) : null;
  if (json) printJson(wordsForNumbers(found));
  else process.stdout.write(each ? formatEach(found.arms) : formatArms(found.arms));
  if (path) tell(path);
  if (out !== undefined && format !== null) writeOutput(await specFile(await chartOf(found), format), out);
  return EXIT.ok;
}

async function layersOf(id: string, asked: TierName | undefined): Promise<ExperimentLayers> {
  const { plan, runs } = await finishedRuns(id, asked);
  const { arms, cells, tier, specHash } = plan;
  const tf = await loadTensorFlow(cells[0]?.execution ?? { threads: 1, device: 'cpu' });
  const seen: RunLayers[] = [];
  for (const [i, { id: run, arm, seed }] of runs.entries()) {
    tell(`${i + 1} of ${runs.length}: ${arm}, seed ${seed}`);
    seen.push(await layersOfRun(tf, runDir(run), tell));
  }
  const named = arms.map(({ name }) =>
    meanLayers(
      name,
      seen.filter(({ arm }) => arm === name),
    ),
  );
  return { experiment: id, tier, specHash, arms: named.filter(({ seeds }) => seeds.length > 0) };
}

async function finishedRuns(id: string, tier: TierName | undefined) {
  const none = `${id}: no finished run is here. "npx bench run ${id}" makes some.`;
  return withRecordedStore(async store => {
    const plan = await planOfRuns(store, id, { ...(tier && { tier }), set: [] });
    const runs = runsOfPlan(plan, store).filter(({ state }) => state === 'finished');
    if (runs.length === 0) throw refusal(none);
    return { plan, runs };
  }, none);
}

async function chartOf({ experiment, arms }: ExperimentLayers) {
  return gradientChart(await loadExperiment(experiment), arms);
}

/** Gives the path. */
function writeLayers(found: ExperimentLayers): string {
  const path = `reports/layers/${found.experiment}.json`;
  writeOutput(`${printCompactly(wordsForNumbers(found))}\n`, path);
  return path;
}
