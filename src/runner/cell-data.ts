/** The images of a cell: which it is trained on, which it is evaluated on, and how they become the net's input. */

import type { CellConfig } from '../core/cell-config.ts';
import type { ImageSet, LoadedDataset } from '../core/dataset.ts';
import { UserError } from '../core/errors.ts';
import { type InputFormat, inputFormat, loadDataset, split } from '../data/index.ts';

export interface CellData {
  dataset: LoadedDataset;
  format: InputFormat;
  train: ImageSet;
  /** The first so many of `train` are trained on. */
  trainImages: number;
  /** Evaluated sets, by the first part of their figures' names. */
  evaluated: Partial<Record<'test' | 'validation', ImageSet>>;
}

/** The part that is held out is the same for all seeds of a run: what is compared is evaluated on the same images. */
const SPLIT_SEED = 0;

/** Throws `UserError` if the data is missing, or has fewer training images than the cell asks for. */
export async function loadCellData(config: CellConfig): Promise<CellData> {
  const { input } = config;
  const dataset = await loadDataset(config.dataset, { shorterSide: input.shorterSide });
  const share = input.validationShare;
  const parts = share > 0 ? split(dataset.train, share, SPLIT_SEED) : { train: dataset.train };
  return {
    dataset,
    format: inputFormat(dataset, input),
    train: parts.train,
    trainImages: trainImagesOf(config, parts.train.count),
    evaluated: { test: dataset.test, ...('validation' in parts ? { validation: parts.validation } : {}) },
  };
}

function trainImagesOf({ trainImages, input }: CellConfig, most: number): number {
  if (trainImages === 'all') return most;
  if (trainImages <= most) return trainImages;
  const left = `the images left for training by input.validationShare ${input.validationShare}`;
  throw new UserError(`trainImages: expected at most ${most}, ${left}, got ${trainImages}.`);
}
