/** `bench layers`: of each arm of an experiment what its layers did at the first weights and at the last. */
import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { writeFileAtomically } from '../../core/atomic-file.ts';
import { EXIT, type ExitCode, UserError } from '../../core/errors.ts';
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
import { openRecordedStore } from '../../tracking/recorded-store.ts';
import { printJson, wordsForNumbers } from '../output/json.ts';
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
  if (path) process.stderr.write(`${path}\n`);
  if (out !== undefined && format !== null) writeOutput(await specFile(await chartOf(found), format), out);
  return EXIT.ok;
}

async function layersOf(id: string, asked: TierName | undefined): Promise<ExperimentLayers> {
  const { plan, runs } = await finishedRuns(id, asked);
  const { arms, cells, tier, specHash } = plan;
  const tf = await loadTensorFlow(cells[0]?.execution ?? { threads: 1, device: 'cpu' });
  const seen: RunLayers[] = [];
  for (const [i, { id: run, arm, seed }] of runs.entries()) {
    process.stderr.write(`${i + 1} of ${runs.length}: ${arm}, seed ${seed}\n`);
    seen.push(await layersOfRun(tf, runDir(run), line => process.stderr.write(`${line}\n`)));
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
  const store = openRecordedStore();
  if (store === null) throw noneFinished(id);
  try {
    const plan = await planOfRuns(store, id, { ...(tier && { tier }), set: [] });
    const runs = runsOfPlan(plan, store).filter(({ state }) => state === 'finished');
    if (runs.length === 0) throw noneFinished(id);
    return { plan, runs };
  } finally {
    store.close();
  }
}

async function chartOf({ experiment, arms }: ExperimentLayers) {
  return gradientChart(await loadExperiment(experiment), arms);
}

const noneFinished = (id: string): UserError =>
  new UserError(`${id}: no finished run is here. "npx bench run ${id}" makes some.`, { exitCode: EXIT.noData });

/** Gives the path. */
function writeLayers(found: ExperimentLayers): string {
  const path = `reports/layers/${found.experiment}.json`;
  mkdirSync(dirname(resolve(path)), { recursive: true });
  writeFileAtomically(resolve(path), [Buffer.from(`${printCompactly(wordsForNumbers(found))}\n`)]);
  return path;
}
