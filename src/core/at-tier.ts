import type { Experiment, Tier } from './experiment.ts';

/** The experiment as a tier asks it: what the tier says for itself stands in place of what holds for all. */
export function atTier(experiment: Experiment, { base, factors, claims }: Tier): Experiment {
  return {
    ...experiment,
    ...(base && { base }),
    ...(factors && { factors: { ...experiment.factors, ...factors } }),
    ...(claims && { claims }),
  };
}
