/** What a plan's arms will take, by what their nets count: nothing is read, nothing is trained. */
import type { Arm } from '../../core/experiment.ts';
import { inputShape } from '../../core/input.ts';
import { sizeOf } from '../../core/parameters.ts';
import { estimatedMemory } from '../../engine/estimated-memory.ts';
import { countNet, findNet } from '../../nets/index.ts';
import { type PlannedDataset, plannedDataset } from '../../runner/planned-dataset.ts';

/** Forwards and two gradients, a multiply-add being two operations. */
const OPERATIONS_PER_MAC = 6;

export interface PlannedArm {
  arm: string;
  net: string;
  dataset: string;
  /** The net's options, solved ones among them. */
  options: Arm['config']['options'];
  /** What the plan has solved so that the net is as large as another arm's. */
  solved: { option: string; value: number; arm: string; count: 'parameters' | 'macs' } | null;
  /** Pixels that the net sees: [height, width, channels]. */
  input: readonly number[];
  parameters: number;
  /** Of one image, forwards. */
  macs: number;
  batch: number;
  steps: number;
  /** Over the images that it trains on, held-out ones apart. */
  epochs: number;
  /** Seen in training by one cell. */
  images: number;
  /** Of training one cell, evaluations apart. */
  operations: number;
  /** The most that a cell's process takes, estimated. */
  memoryBytes: number;
}

export const plannedArms = (arms: readonly Arm[]): Promise<PlannedArm[]> => Promise.all(arms.map(plannedArm));

async function plannedArm({ name, config }: Arm): Promise<PlannedArm> {
  const { net, options, match, batch, steps } = config;
  const dataset = await plannedDataset(config.dataset);
  const shape = inputShape(dataset.shape, config.input);
  const description = await findNet(net, options, { shape, classes: dataset.classes.length });
  const { parameters, macs } = countNet(description);
  const trainImages = config.trainImages === 'all' ? dataset.trainCount : config.trainImages;
  const images = steps * batch;
  const { option = '', arm = '', count = 'parameters' } = match ?? {};
  return {
    arm: name,
    net,
    dataset: config.dataset,
    options,
    solved: match && { option, value: options[option] as number, arm, count },
    input: shape,
    parameters,
    macs,
    batch,
    steps,
    epochs: images / (trainImages * (1 - config.input.validationShare)),
    images,
    operations: OPERATIONS_PER_MAC * macs * images,
    memoryBytes: Math.round(estimatedMemory(description, batch) + bytesHeld(dataset)),
  };
}

/** Small sets lie in memory; pictures that differ in size are read from a pack when they are asked for. */
const bytesHeld = ({ sizesDiffer, shape, trainCount, testCount }: PlannedDataset): number =>
  sizesDiffer ? 0 : (trainCount + testCount) * sizeOf(shape);
