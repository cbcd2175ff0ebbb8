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

/** The names that claims may use: without the factor whose level is chosen for each arm. */
export function claimedArms(experiment: Pick<Experiment, 'factors' | 'choice'>): string[] {
  return armsOf(experiment, experiment.choice?.factor).map(({ name }) => name);
}
