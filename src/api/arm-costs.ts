import type { CellConfig } from '../core/cell-config.ts';
import { DEFAULT_INPUT, inputShape } from '../core/input.ts';
import { countNet, findNet } from '../nets/index.ts';
import type { ArmCost } from '../report/costs.ts';
import { plannedDataset } from '../runner/planned-dataset.ts';

/** What the arms cost, by their configurations; of those that name a net and a dataset that are known here. */
export async function costsOf(arms: readonly { name: string; config: CellConfig }[]): Promise<ArmCost[]> {
  const costs: ArmCost[] = [];
  for (const { name, config } of arms) {
    const cost = await costOf(config).catch(() => null);
    if (cost !== null) costs.push({ arm: name, ...cost });
  }
  return costs;
}

async function costOf(config: CellConfig): Promise<Omit<ArmCost, 'arm'>> {
  const dataset = await plannedDataset(config.dataset);
  // Runs of older versions have no such field.
  const shown = config.input ?? DEFAULT_INPUT;
  const input = { shape: inputShape(dataset.shape, shown), classes: dataset.classes.length };
  const { parameters, macs } = countNet(await findNet(config.net, config.options, input));
  const trainImages = config.trainImages === 'all' ? dataset.trainCount : config.trainImages;
  return { parameters, macs, batch: config.batch, trainImages, ...matchedOf(config) };
}

/** Null in runs of now, absent in those of older versions. */
function matchedOf({ match, options }: CellConfig): Pick<ArmCost, 'matched'> {
  return match ? { matched: { ...match, value: options[match.option] as number } } : {};
}
