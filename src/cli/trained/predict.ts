/** `bench predict`: a run's net, from its checkpoint, on image files or test images. */
import { EXIT, UserError } from '../../core/errors.ts';
import { bestClasses } from '../../core/ranking.ts';
import { Predictor } from '../../engine/predictor.ts';
import { loadTensorFlow } from '../../engine/tensorflow.ts';
import { findNet } from '../../nets/index.ts';
import { loadCellData } from '../../runner/cell-data.ts';
import { printJson } from '../output/json.ts';
import { imageFromFile, testImage } from './predict-images.ts';
import { predictionLines } from './predict-lines.ts';
import { readTrainedRun } from './trained-run.ts';

const BEST = 5;

export interface PredictOptions {
  datasetIndex?: number;
  json?: boolean;
}

export interface Prediction {
  /** A file, or "fashion-mnist test image 3". */
  image: string;
  /** Its class, where it is known. */
  label: string | null;
  /** The best first. */
  best: { class: string; probability: number }[];
}

export async function predictCommand(
  idPrefix: string,
  files: readonly string[],
  { datasetIndex, json }: PredictOptions,
): Promise<number> {
  if (files.length === 0 && datasetIndex === undefined)
    throw new UserError('predict: expected an image file or --dataset-index. See `bench predict --help`.');
  const run = readTrainedRun(idPrefix);
  const { config } = run.cell;
  const { dataset, format } = await loadCellData(config);
  const images = await Promise.all(files.map(file => imageFromFile(file, dataset, format)));
  if (datasetIndex !== undefined) images.push(testImage(datasetIndex, dataset, format));
  const { classes } = dataset;
  const net = await findNet(config.net, config.options, { shape: format.shape, classes: classes.length });
  const tf = await loadTensorFlow({ threads: run.cell.execution.threads });
  const predictor = await Predictor.create(tf, { net, batch: 1, weights: run.weights, precision: config.precision });
  const predictions = images.map(({ image, label, values }): Prediction => {
    const { probabilities } = predictor.predict(values);
    const best = bestClasses(probabilities, BEST);
    return {
      image,
      label,
      best: best.map(k => ({ class: classes[k] as string, probability: probabilities[k] as number })),
    };
  });
  predictor.dispose();
  if (json) printJson({ run: run.run, step: run.step, predictions });
  else process.stdout.write(predictions.map(predictionLines).join('\n'));
  return EXIT.ok;
}
