/** Arms of equal size: an option of one arm's net is solved so that it has as many parameters, or MACs, as another's. */

import type { CellConfig, MatchConfig } from '../core/cell-config.ts';
import { UserError } from '../core/errors.ts';
import type { Arm } from '../core/experiment.ts';
import { inputShape } from '../core/input.ts';
import { pick } from '../core/registry.ts';
import { countNet, findNet } from '../nets/index.ts';
import { plannedDataset } from './planned-dataset.ts';

/** Values of the option that are tried, at most a 16th and at least 16 times as much as 1. */
const RANGE = [1 / 16, 16] as const;
/** Halvings of the range on a logarithmic scale: its ends come within a thousandth. */
const TRIES = 14;
/** Widths go in steps of 8 filters, so that counts rarely agree to the last parameter. */
const TOLERANCE = 0.05;

/** The arms, with every `match` solved; a match that is off by more than a twentieth is one line. */
export async function matchArms(arms: readonly Arm[], experiment: string): Promise<Arm[]> {
  const byName = new Map(arms.map(arm => [arm.name, arm]));
  return Promise.all(arms.map(arm => matched(arm, byName, `${experiment}, arm ${arm.name}`)));
}

async function matched(arm: Arm, arms: Map<string, Arm>, where: string): Promise<Arm> {
  const { match } = arm.config;
  if (match === null) return arm;
  const model = pick(`arm to match, of ${where}:`, match.arm, arms);
  if (model.config.match !== null)
    throw new UserError(`${where}: match.arm: expected an arm that matches no other, got ${model.name}.`);
  const target = await countOf(model.config, match);
  const best = await solve(arm.config, match, target);
  if (Math.abs(best.count / target - 1) <= TOLERANCE)
    return { ...arm, config: withOption(arm.config, match, best.value) };
  throw new UserError(
    `${where}: match: no value of ${match.option} gives ${target} ${match.count} as in ${model.name}; ${best.value} gives ${best.count}. Match another option, or change the net.`,
  );
}

interface Tried {
  value: number;
  count: number;
}

/** Counts rise with the option: the range is halved where the target lies. */
async function solve(config: CellConfig, match: MatchConfig, target: number): Promise<Tried> {
  let [low, high] = RANGE as readonly [number, number];
  const tried: Tried[] = [];
  for (let i = 0; i < TRIES; i++) {
    const value = Number(Math.sqrt(low * high).toPrecision(4));
    const count = await countOf(withOption(config, match, value), match);
    tried.push({ value, count });
    if (count < target) low = value;
    else high = value;
  }
  const distance = ({ count }: Tried): number => Math.abs(Math.log(count / target));
  return tried.reduce((best, one) => (distance(one) < distance(best) ? one : best));
}

async function countOf({ net, options, dataset, input }: CellConfig, { count }: MatchConfig): Promise<number> {
  const { shape, classes } = await plannedDataset(dataset);
  const description = await findNet(net, options, { shape: inputShape(shape, input), classes: classes.length });
  return countNet(description)[count];
}

const withOption = (config: CellConfig, { option }: MatchConfig, value: number): CellConfig => ({
  ...config,
  options: { ...config.options, [option]: value },
});
