/** The arms of an experiment by name: all combinations of one level of each factor, the first factor slowest. */
import type { Experiment } from './experiment.ts';

export interface ArmLevels {
  name: string;
  levels: Record<string, string>;
}

/** `leaving` is a factor that is left out. */
export function armsOf({ factors }: Pick<Experiment, 'factors'>, leaving?: string): ArmLevels[] {
  const varied = Object.entries(factors).filter(([factor]) => factor !== leaving);
  const combined = varied.reduce<Record<string, string>[]>(
    (all, [factor, levels]) =>
      all.flatMap(chosen => Object.keys(levels).map(level => ({ ...chosen, [factor]: level }))),
    [{}],
  );
  return combined.map(levels => ({ name: Object.values(levels).join('-'), levels }));
}

/**
 * The factors of runs whose experiment is not at hand. Those of a single level come first, then as the arms' names tell
 * their order: a store need not keep it.
 */
export function factorsOfRuns(runs: readonly NamedLevels[]): Experiment['factors'] {
  const factors: Experiment['factors'] = {};
  for (const [factor, level] of runs.flatMap(run => Object.entries(run.levels)))
    factors[factor] = { ...factors[factor], [level]: {} };
  const places = new Map(Object.keys(factors).map(factor => [factor, placeOf(factor, runs)]));
  const place = ([factor, levels]: [string, object]): number =>
    Object.keys(levels).length > 1 ? (places.get(factor) as number) : -1;
  return Object.fromEntries(Object.entries(factors).sort((a, b) => place(a) - place(b)));
}

type NamedLevels = { arm: string; levels: Record<string, string> };

/** Where its level stands in the name of an arm that has one. */
function placeOf(factor: string, runs: readonly NamedLevels[]): number {
  const run = runs.find(({ levels }) => levels[factor] !== undefined);
  return run ? `-${run.arm}-`.indexOf(`-${run.levels[factor]}-`) : -1;
}

/** The names that claims may use: without the factor whose level is chosen for each arm. */
export function claimedArms(experiment: Pick<Experiment, 'factors' | 'choice'>): string[] {
  return armsOf(experiment, experiment.choice?.factor).map(({ name }) => name);
}
