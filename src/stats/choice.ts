/** Which level of a factor each arm is compared at. Names without the factor, as claims say them → the arms behind them. */
import { type ArmLevels, armsOf } from '../core/arms.ts';
import type { Experiment } from '../core/experiment.ts';
import { boundOf, type Figure } from './figure.ts';
import { mean } from './summary.ts';

export type ChosenArms = ReadonlyMap<string, string>;

type Factors = Pick<Experiment, 'factors'>;
type FiguresOf = (arm: string) => ReadonlyMap<number, Figure>;

/**
 * The level with the least mean of the figures over all seeds. A level that lacks one, or has one that is not finite, is
 * not taken; without any the arm is missing.
 */
export function chooseArms(
  experiment: Factors,
  factor: string,
  figures: FiguresOf,
  seeds: readonly number[],
): ChosenArms {
  return chosenBy(experiment, factor, own => {
    const rated = own.map(({ name }) => ({ name, mean: meanOf(figures(name), seeds) }));
    return rated.filter(one => Number.isFinite(one.mean)).sort((a, b) => a.mean - b.mean)[0]?.name;
  });
}

/** Every arm at this level. */
export function armsAtLevel(experiment: Factors, factor: string, level: string): ChosenArms {
  return chosenBy(experiment, factor, own => own.find(({ levels }) => levels[factor] === level)?.name);
}

/** `choose` gets the arms that differ in the factor alone. */
function chosenBy(
  experiment: Factors,
  factor: string,
  choose: (own: readonly ArmLevels[]) => string | undefined,
): ChosenArms {
  const all = armsOf(experiment);
  const named = armsOf(experiment, factor).flatMap(({ name, levels }): [string, string][] => {
    const arm = choose(
      all.filter(one => Object.entries(levels).every(([other, level]) => one.levels[other] === level)),
    );
    return arm === undefined ? [] : [[name, arm]];
  });
  return new Map(named);
}

function meanOf(figures: ReadonlyMap<number, Figure>, seeds: readonly number[]): number {
  return mean(seeds.map(seed => boundOf(figures.get(seed) ?? Number.NaN)));
}
