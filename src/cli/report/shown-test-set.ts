/** What the report shows of the test set, from the predictions that the runs of one arm have kept. */
import type { LoadedDataset } from '../../core/dataset.ts';
import { describeError } from '../../core/errors.ts';
import { runDir } from '../../core/places.ts';
import { type Predictions, predictedProcedures, predictionsPath, readPredictions } from '../../core/predictions.ts';
import { stream } from '../../core/random.ts';
import type { ExperimentResults, RunSummary } from '../../core/results.ts';
import type { HardestImages, ShownImage, ShownTestSet } from '../../core/shown-test-set.ts';
import { loadDataset } from '../../data/index.ts';
import { readRunSpec } from '../../runner/run-folder.ts';
import { hardestImages, meanProbabilities, testSetFigures, wrongAt } from '../../stats/index.ts';
import { shownImage } from './shown-image.ts';

const PROCEDURE = 'single-crop';
/** Of the right ones, and of the wrong ones. */
const SAMPLES = 4;
const HARDEST = 8;

interface Predicted {
  run: RunSummary;
  predictions: Predictions;
}

/** A report without test images is still a report: what cannot be read is told on stderr. */
export async function withTestSet(results: ExperimentResults): Promise<ExperimentResults> {
  const runs = shownRuns(results);
  if (runs.length === 0) return results;
  try {
    return { ...results, testSet: await shownTestSet(runs) };
  } catch (error) {
    process.stderr.write(`bench: the report shows no test images: ${describeError(error)}\n`);
    return results;
  }
}

/** By seed, of one arm: the last one is what most experiments argue for. */
function shownRuns({ arms, runs }: ExperimentResults): RunSummary[] {
  const bySeed = runs.toSorted((a, b) => a.seed - b.seed);
  const having = bySeed.filter(run => predictedProcedures(runDir(run.id)).includes(PROCEDURE));
  const arm = arms.findLast(one => having.some(run => run.arm === one));
  return having.filter(run => run.arm === arm);
}

async function shownTestSet(runs: readonly RunSummary[]): Promise<ShownTestSet> {
  const all = runs.map((run): Predicted => ({ run, predictions: predictionsOf(run) }));
  const [{ run, predictions }] = all as [Predicted];
  const { id, arm, seed } = run;
  const { procedure, classes, fingerprint } = predictions.about;
  const { dataset: name, input } = readRunSpec(runDir(id)).cell.config;
  const dataset = await loadDataset(name, { shorterSide: input.shorterSide });
  if (dataset.fingerprint !== fingerprint) throw new Error(`${name} is not what run ${id} was tested on any more`);
  const samples: ShownImage[] = [];
  for (const index of sampleOf(predictions))
    samples.push(await shownImage(dataset, classes, index, predictions.probabilities(index)));
  const { confusion } = testSetFigures(predictions);
  const hardest = await hardestOf(all, dataset);
  return { run: id, arm, seed, procedure, dataset: dataset.name, classes, confusion, samples, hardest };
}

const predictionsOf = (run: RunSummary): Predictions => readPredictions(predictionsPath(runDir(run.id), PROCEDURE));

/** As many right as wrong ones, drawn without a look at them. */
function sampleOf(predictions: Predictions): number[] {
  const wrong = wrongAt(predictions, 1);
  const draws = stream(0, 'sample images', predictions.count);
  return [false, true].flatMap(which => {
    const left = [...wrong.keys()].filter(index => wrong[index] === which);
    return Array.from(
      { length: Math.min(SAMPLES, left.length) },
      () => left.splice(draws.below(left.length), 1)[0] as number,
    );
  });
}

/** Of the seeds that were tested on the same images as the first one. */
async function hardestOf(all: readonly Predicted[], dataset: LoadedDataset): Promise<HardestImages> {
  const alike = all.filter(({ predictions }) => isAlike(predictions, (all[0] as Predicted).predictions));
  const predictions = alike.map(one => one.predictions);
  const images: ShownImage[] = [];
  for (const index of hardestImages(predictions, HARDEST)) {
    const probabilities = meanProbabilities(predictions, index);
    images.push(await shownImage(dataset, (predictions[0] as Predictions).about.classes, index, probabilities));
  }
  return { seeds: alike.map(({ run }) => run.seed), images };
}

const isAlike = (one: Predictions, other: Predictions): boolean =>
  one.count === other.count && one.about.fingerprint === other.about.fingerprint;
