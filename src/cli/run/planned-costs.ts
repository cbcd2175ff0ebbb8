/** What a plan's arms will take, by what their nets count: nothing is read, nothing is trained. */
import { plannedNet } from '../../api/arm-costs.ts';
import type { Arm } from '../../core/experiment.ts';
import { sizeOf } from '../../core/parameters.ts';
import { estimatedMemory } from '../../engine/estimated-memory.ts';
import { countNet } from '../../nets/index.ts';
import type { PlannedDataset } from '../../runner/planned-dataset.ts';

/** Forwards and two gradients, a multiply-add being two operations. */
export const OPERATIONS_PER_MAC = 6;

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
  const { options, match, batch, steps } = config;
  const { net, dataset } = await plannedNet(config);
  const { parameters, macs } = countNet(net);
  const trainImages = config.trainImages === 'all' ? dataset.trainCount : config.trainImages;
  const images = steps * batch;
  const { option = '', arm = '', count = 'parameters' } = match ?? {};
  return {
    arm: name,
    net: config.net,
    dataset: config.dataset,
    options,
    solved: match && { option, value: options[option] as number, arm, count },
    input: net.input,
    parameters,
    macs,
    batch,
    steps,
    epochs: images / (trainImages * (1 - config.input.validationShare)),
    images,
    operations: OPERATIONS_PER_MAC * macs * images,
    memoryBytes: Math.round(estimatedMemory(net, batch) + bytesHeld(dataset)),
  };
}

/** Small sets lie in memory; pictures that differ in size are read from a pack when they are asked for. */
const bytesHeld = ({ sizesDiffer, shape, trainCount, testCount }: PlannedDataset): number =>
  sizesDiffer ? 0 : (trainCount + testCount) * sizeOf(shape);
