/** `bench weights check`: what a net makes of weights and images, to be held beside what a peer makes of them. */
import { EXIT, UserError } from '../../core/errors.ts';
import { hashOf, sha256 } from '../../core/ids.ts';
import { sizeOf } from '../../core/parameters.ts';
import { type Predictions, Predictor } from '../../engine/predictor.ts';
import { readSafetensors } from '../../engine/safetensors.ts';
import { bytesOf } from '../../engine/safetensors-format.ts';
import { loadTensorFlow } from '../../engine/tensorflow.ts';
import { type FamilyNet, importWeights, type WeightsByName } from '../../engine/weight-maps/index.ts';
import { printJson } from '../output/json.ts';
import type { WeightsOptions } from './weights.ts';
import { type Agreement, compareWith } from './weights-expect.ts';
import { givenImages, randomImages } from './weights-images.ts';

/** Images that go through the net together. */
const LARGEST_BATCH = 8;
/** Values of each image that are printed. */
const SHOWN = 5;

interface CheckResult {
  net: string;
  names: string;
  parameters: number;
  /** SHA-256 of all weights by our names. */
  weightsHash: string;
  images: number;
  /** Of random images; null: they were given. */
  seed: number | null;
  logitsHash: string;
  /** The first values of each image. */
  logits: number[][];
  probabilities: number[][];
  agreement?: Agreement;
}

export async function checkWeights(path: string, of: FamilyNet, options: WeightsOptions): Promise<number> {
  const tolerance = parseTolerance(options.tolerance);
  const weights = importWeights(readSafetensors(path), of, options.names);
  const { images, seed } = imagesOf(of, options);
  const predictions = await predict(of, weights, images, options.threads);
  const agreement =
    options.expect === undefined ? undefined : compareWith(options.expect, predictions, of.net, tolerance);
  const result: CheckResult = {
    net: of.net.name,
    names: options.names,
    parameters: Object.values(weights).reduce((sum, { length }) => sum + length, 0),
    weightsHash: hashOfWeights(weights),
    images: images.length / sizeOf(of.net.input),
    seed,
    logitsHash: sha256(bytesOf(predictions.logits)),
    logits: firstOfEach(predictions.logits, of.net.classes),
    probabilities: firstOfEach(predictions.probabilities, of.net.classes),
    ...(agreement && { agreement }),
  };
  if (options.json) printJson(result);
  else process.stdout.write(lines(result));
  return agreement?.agrees === false ? EXIT.failed : EXIT.ok;
}

function parseTolerance(text: string): number {
  const tolerance = Number(text);
  if (tolerance >= 0 && text.trim() !== '' && Number.isFinite(tolerance)) return tolerance;
  throw new UserError(`--tolerance: expected a share such as 1e-4, got "${text}".`);
}

function imagesOf(of: FamilyNet, { images, seed }: WeightsOptions): { images: Float32Array; seed: number | null } {
  if (!/^[1-9]\d*$/.test(images)) return { images: givenImages(images, of.net), seed: null };
  return { images: randomImages(Number(images), of.net, seed), seed };
}

async function predict(
  { net }: FamilyNet,
  weights: WeightsByName,
  images: Float32Array,
  threads: number,
): Promise<Predictions> {
  const tf = await loadTensorFlow({ threads });
  const batch = Math.min(LARGEST_BATCH, images.length / sizeOf(net.input));
  const predictor = await Predictor.create(tf, { net, batch, weights });
  const predictions = predictor.predict(images);
  predictor.dispose();
  return predictions;
}

function hashOfWeights(weights: WeightsByName): string {
  return hashOf(Object.fromEntries(Object.entries(weights).map(([name, values]) => [name, sha256(bytesOf(values))])));
}

function firstOfEach(values: Float32Array, classes: number): number[][] {
  return Array.from({ length: values.length / classes }, (_, image) => [
    ...values.subarray(image * classes, image * classes + Math.min(SHOWN, classes)),
  ]);
}

function lines({ net, weightsHash, images, seed, logitsHash, agreement, ...result }: CheckResult): string {
  const numbers = (values: readonly number[]): string => values.map(value => value.toPrecision(7)).join('  ');
  const from = seed === null ? 'given' : `random, seed ${seed}`;
  return [
    `${net}: ${result.parameters} values by the names ${result.names}, weights ${weightsHash.slice(0, 12)}`,
    `${images} images (${from}), logits ${logitsHash.slice(0, 12)}`,
    ...result.logits.flatMap((values, image) => [
      `  ${image}  logits         ${numbers(values)}`,
      `     probabilities  ${numbers(result.probabilities[image] as number[])}`,
    ]),
    ...(agreement ? [agreementLine(agreement)] : []),
    '',
  ].join('\n');
}

function agreementLine({ of, agrees, difference, tolerance }: Agreement): string {
  const word = agrees ? 'agree with' : 'differ from';
  return `The ${of} ${word} those expected: off by ${difference.toExponential(1)} of the largest (tolerance ${tolerance}).`;
}
