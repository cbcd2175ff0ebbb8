/** What `bench data show` says of a dataset: how many images of each class, channel statistics, and images that are there twice. */
import { createHash } from 'node:crypto';
import type { DatasetDefinition, ImageSet, LoadedDataset } from '../../core/dataset.ts';
import { type NearDuplicates, nearDuplicates } from '../../data/index.ts';

export interface DataFacts {
  name: string;
  title: string;
  source: string;
  fingerprint: string;
  shape: readonly number[];
  sizesDiffer: boolean;
  classes: { name: string; train: number; test: number }[];
  /** Per channel, of training pixels divided by 255. */
  mean: readonly number[];
  std: readonly number[];
  duplicates: { withinTrain: Duplicates; withinTest: Duplicates; testInTrain: Duplicates };
  /** Test images that are nearly training images. */
  near: NearDuplicates;
}

/** Images whose pixels are those of an earlier one. */
export interface Duplicates {
  count: number;
  /** Of these, with another class than the earlier one. */
  otherClass: number;
  /** The first few: number of the earlier image and of this one in their sets. */
  examples: [first: number, again: number][];
}

const EXAMPLES = 20;

export function factsOf({ title, source }: DatasetDefinition, dataset: LoadedDataset): DataFacts {
  const { name, fingerprint, shape, sizesDiffer = false, classes, train, test, mean, std } = dataset;
  const [trainCounts, testCounts] = [countClasses(train, classes.length), countClasses(test, classes.length)];
  return {
    name,
    title,
    source,
    fingerprint,
    shape,
    sizesDiffer,
    classes: classes.map((name, i) => ({ name, train: trainCounts[i] as number, test: testCounts[i] as number })),
    mean,
    std,
    duplicates: findDuplicates(train, test),
    near: nearDuplicates(train, test, shape[2]),
  };
}

/** Of all classes: "60,000". */
export const imageCount = (classes: DataFacts['classes'], set: 'train' | 'test'): string =>
  classes.reduce((sum, one) => sum + one[set], 0).toLocaleString('en');

/** "28×28×1" */
export const sizeText = ({ sizesDiffer, shape }: DataFacts): string =>
  `${sizesDiffer ? 'of several sizes, none smaller than ' : ''}${shape.join('×')}`;

/** Index of the first image of a content, by a hash of size and pixels. */
type Firsts = Map<string, number>;

export function findDuplicates(train: ImageSet, test: ImageSet): DataFacts['duplicates'] {
  const [trainFirsts, testFirsts]: [Firsts, Firsts] = [new Map(), new Map()];
  const [withinTrain, withinTest, testInTrain] = [noneYet(), noneYet(), noneYet()];
  for (let index = 0; index < train.count; index++) note(withinTrain, train, trainFirsts, index, hashOf(train, index));
  for (let index = 0; index < test.count; index++) {
    const hash = hashOf(test, index);
    note(withinTest, test, testFirsts, index, hash);
    compare(testInTrain, train, trainFirsts.get(hash), test, index);
  }
  return { withinTrain, withinTest, testInTrain };
}

function countClasses({ labels }: ImageSet, classes: number): number[] {
  const counts = Array<number>(classes).fill(0);
  for (const label of labels) counts[label] = (counts[label] as number) + 1;
  return counts;
}

const noneYet = (): Duplicates => ({ count: 0, otherClass: 0, examples: [] });

function note(found: Duplicates, set: ImageSet, firsts: Firsts, index: number, hash: string): void {
  const first = firsts.get(hash);
  if (first === undefined) firsts.set(hash, index);
  else compare(found, set, first, set, index);
}

function compare(found: Duplicates, set: ImageSet, first: number | undefined, other: ImageSet, again: number): void {
  if (first === undefined) return;
  found.count++;
  if (set.labels[first] !== other.labels[again]) found.otherClass++;
  if (found.examples.length < EXAMPLES) found.examples.push([first, again]);
}

/** 96 bits: among millions of images no two would meet by chance. */
function hashOf(set: ImageSet, index: number): string {
  const { height, width, pixels } = set.image(index);
  return createHash('sha1').update(`${height} ${width} `).update(pixels).digest('binary').slice(0, 12);
}
