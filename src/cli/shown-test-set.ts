/** What the report shows of the test set: of one run, from the predictions that it has kept. */
import type { LoadedDataset, Picture } from '../core/dataset.ts';
import { describeError } from '../core/errors.ts';
import { runDir } from '../core/places.ts';
import { type Predictions, predictedProcedures, predictionsPath, readPredictions } from '../core/predictions.ts';
import { stream } from '../core/random.ts';
import { bestClasses } from '../core/ranking.ts';
import type { ExperimentResults, RunSummary } from '../core/results.ts';
import type { ShownImage, ShownTestSet } from '../core/shown-test-set.ts';
import { loadDataset } from '../data/index.ts';
import { readRunSpec } from '../runner/run-folder.ts';
import { testSetFigures, wrongAt } from '../stats/index.ts';

const PROCEDURE = 'single-crop';
/** Of the right ones, and of the wrong ones. */
const SAMPLES = 4;
const BEST = 5;
const LARGEST_SIDE_PX = 160;

/** A report without test images is still a report: what cannot be read is told on stderr. */
export async function withTestSet(results: ExperimentResults): Promise<ExperimentResults> {
  const run = shownRun(results);
  if (run === undefined) return results;
  try {
    return { ...results, testSet: await shownTestSet(run) };
  } catch (error) {
    process.stderr.write(`bench: the report shows no test images: ${describeError(error)}\n`);
    return results;
  }
}

/** The last arm is what most experiments argue for. */
function shownRun({ arms, runs }: ExperimentResults): RunSummary | undefined {
  const bySeed = runs.toSorted((a, b) => a.seed - b.seed);
  const having = bySeed.filter(run => predictedProcedures(runDir(run.id)).includes(PROCEDURE));
  return arms.toReversed().flatMap(arm => having.filter(run => run.arm === arm))[0];
}

async function shownTestSet({ id, arm, seed }: RunSummary): Promise<ShownTestSet> {
  const predictions = readPredictions(predictionsPath(runDir(id), PROCEDURE));
  const { dataset: name, input } = readRunSpec(runDir(id)).cell.config;
  const dataset = await loadDataset(name, { shorterSide: input.shorterSide });
  const { procedure, classes, fingerprint } = predictions.about;
  if (dataset.fingerprint !== fingerprint) throw new Error(`${name} is not what run ${id} was tested on any more`);
  const samples: ShownImage[] = [];
  for (const index of sampleOf(predictions)) samples.push(await shownImage(index, predictions, dataset));
  const { confusion } = testSetFigures(predictions);
  return { run: id, arm, seed, procedure, dataset: dataset.name, classes, confusion, samples };
}

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

async function shownImage(
  index: number,
  { probabilities, about }: Predictions,
  dataset: LoadedDataset,
): Promise<ShownImage> {
  const row = probabilities(index);
  const best = bestClasses(row, BEST).map(k => ({ class: about.classes[k] as string, probability: row[k] as number }));
  const label = about.classes[dataset.test.labels[index] as number] as string;
  return { index, png: await pngOf(dataset.test.image(index), dataset.shape[2]), label, best };
}

async function pngOf({ height, width, pixels }: Picture, channels: number): Promise<string> {
  const { default: sharp } = await import('sharp');
  const image = sharp(pixels, { raw: { height, width, channels: channels as 1 | 3 } });
  const side = { width: LARGEST_SIDE_PX, height: LARGEST_SIDE_PX, fit: 'inside', withoutEnlargement: true } as const;
  return `data:image/png;base64,${(await image.resize(side).png().toBuffer()).toString('base64')}`;
}
