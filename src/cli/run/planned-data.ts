/** What a plan's datasets are, and whether they are here. */
import type { Arm } from '../../core/experiment.ts';
import { findDataset } from '../../data/index.ts';
import { plannedDataset } from '../../runner/planned-dataset.ts';

/** Pictures are wider than they are high: 4 to 3 is what cameras make, and about the mean of ImageNet's. */
const ASPECT = 4 / 3;

export interface PlannedData {
  dataset: string;
  title: string;
  trainImages: number;
  testImages: number;
  /** Whether a run would find it without fetching. */
  here: boolean;
  /** Of its content; null where it is not here and nobody can say it beforehand. */
  fingerprint: string | null;
  /** Of the file of decoded pictures, which is made once; 0 where pictures lie in the files as pixels. */
  packBytes: number;
}

/** One of each dataset; every size that its pictures are brought to is a pack of its own. */
export async function plannedData(arms: readonly Arm[]): Promise<PlannedData[]> {
  const names = [...new Set(arms.map(({ config }) => config.dataset))];
  return Promise.all(names.map(name => dataOf(name, sidesOf(arms, name))));
}

async function dataOf(name: string, sides: readonly number[]): Promise<PlannedData> {
  const { title, trainCount, testCount, sizesDiffer, shape, fingerprint } = await plannedDataset(name);
  const here = fingerprint !== null && (await (await findDataset(name)).check()).ready;
  const pixels = sides.reduce((sum, side) => sum + side * side * ASPECT, 0);
  const packBytes = sizesDiffer ? Math.round((trainCount + testCount) * pixels * shape[2]) : 0;
  return { dataset: name, title, trainImages: trainCount, testImages: testCount, here, fingerprint, packBytes };
}

function sidesOf(arms: readonly Arm[], name: string): number[] {
  const inputs = arms.filter(({ config }) => config.dataset === name).map(({ config }) => config.input);
  return [...new Set(inputs.flatMap(({ shorterSide }) => shorterSide ?? []))];
}
