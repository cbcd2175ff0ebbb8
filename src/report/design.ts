/** How the arms are laid out: which factor is compared within a pair, and how an arm looks in every chart. */
import { armsOf } from '../core/arms.ts';
import type { Experiment } from '../core/experiment.ts';
import type { ExperimentResults } from '../core/results.ts';
import { DASHES, HUES, SHAPES } from './palette.ts';

/** What the looks of arms depend on. */
export interface Designed extends Pick<ExperimentResults, 'arms' | 'runs'> {
  experiment: Pick<Experiment, 'factors'>;
}

export interface ArmDesign {
  arm: string;
  /** The levels of all factors but the one that varies within a pair; "" if there is no other. */
  group: string;
  /** The level of the factor that varies within. */
  level: string;
  colour: string;
  dash: readonly number[];
  /** Of its marks. */
  shape: string;
}

export interface Design {
  /** The factor that varies within a pair: the last one. */
  within: string;
  levels: readonly string[];
  groups: readonly string[];
  arms: readonly ArmDesign[];
}

/**
 * Colour tells the group, dashes the level; with more levels than dashes, or a single group, each arm
 * has its colour, and dashes where the colours begin again. Shapes go round by arms, one further each time.
 */
export function designOf(results: Designed): Design {
  const factors = Object.keys(results.experiment.factors);
  const within = factors.at(-1) ?? '';
  const placed = results.arms.map(arm => placeArm(arm, levelsOf(results, arm), factors));
  const levels = distinct(placed.map(({ level }) => level));
  const groups = distinct(placed.map(({ group }) => group));
  const byGroup = groups.length > 1 && levels.length <= DASHES.length;
  const arms = placed.map((arm, i) => ({
    ...arm,
    colour: HUES[(byGroup ? groups.indexOf(arm.group) : i) % HUES.length] as string,
    shape: SHAPES[(i + Math.floor(i / SHAPES.length)) % SHAPES.length] as string,
    dash: DASHES[byGroup ? levels.length - 1 - levels.indexOf(arm.level) : Math.floor(i / HUES.length)] ?? [],
  }));
  return { within, levels, groups, arms };
}

/** In the order of the factors: a store need not keep that of a run's levels. */
function placeArm(arm: string, levels: Record<string, string>, factors: readonly string[]) {
  const [within = '', ...others] = factors.toReversed();
  const group = others.toReversed().flatMap(factor => levels[factor] ?? []);
  return { arm, group: group.join('-'), level: levels[within] ?? arm };
}

/** As a run of the arm says; without one, arms are known to be named by their levels. */
function levelsOf({ experiment, runs }: Designed, arm: string): Record<string, string> {
  const named = runs.find(one => one.arm === arm) ?? armsOf(experiment).find(one => one.name === arm);
  return named?.levels ?? {};
}

const distinct = (values: readonly string[]): string[] => [...new Set(values)];
