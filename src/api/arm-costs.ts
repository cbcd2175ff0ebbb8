import type { CellConfig } from '../core/cell-config.ts';
import { DEFAULT_INPUT, inputShape } from '../core/input.ts';
import type { NetDescription } from '../core/net.ts';
import { countNet, findNet } from '../nets/index.ts';
import type { ArmCost } from '../report/costs.ts';
import { type PlannedDataset, plannedDataset } from '../runner/planned-dataset.ts';

/** What the arms cost, by their configurations; of those that name a net and a dataset that are known here. */
export async function costsOf(arms: readonly { name: string; config: CellConfig }[]): Promise<ArmCost[]> {
  const costs: ArmCost[] = [];
  for (const { name, config } of arms) {
    const cost = await costOf(config).catch(() => null);
    if (cost !== null) costs.push({ arm: name, ...cost });
  }
  return costs;
}

/** A configuration's net, and the dataset that it is for: nothing of that is read. */
export async function plannedNet(config: CellConfig): Promise<{ net: NetDescription; dataset: PlannedDataset }> {
  const dataset = await plannedDataset(config.dataset);
  // Runs of older versions have no such field.
  const shape = inputShape(dataset.shape, config.input ?? DEFAULT_INPUT);
  const net = await findNet(config.net, config.options, { shape, classes: dataset.classes.length });
  return { net, dataset };
}

async function costOf(config: CellConfig): Promise<Omit<ArmCost, 'arm'>> {
  const { net, dataset } = await plannedNet(config);
  const { parameters, macs } = countNet(net);
  const trainImages = config.trainImages === 'all' ? dataset.trainCount : config.trainImages;
  return { parameters, macs, batch: config.batch, trainImages, ...matchedOf(config) };
}

/** Null in runs of now, absent in those of older versions. */
function matchedOf({ match, options }: CellConfig): Pick<ArmCost, 'matched'> {
  return match ? { matched: { ...match, value: options[match.option] as number } } : {};
}
