import type { ExperimentResults } from '../../core/results.ts';

/** The verdicts of an experiment as other programs read them. Numbers that are not finite are null. */
export function verdictJson({ experiment, tier, specHash, verdicts }: ExperimentResults): object {
  const claims = verdicts.map(
    ({
      claim,
      kind,
      outcome,
      because,
      effect,
      interval,
      level,
      permutationP,
      seeds,
      effects,
      sentence,
      mixed = [],
      chosen,
    }) => ({
      id: claim.id,
      kind,
      verdict: outcome,
      because,
      effect,
      interval,
      level,
      margin: claim.margin,
      unit: claim.unit,
      permutationP,
      seeds,
      effects,
      mixed,
      sentence,
      ...(chosen && { chosen }),
    }),
  );
  return { experiment: experiment.id, tier, specHash, verdict: verdicts[0]?.outcome ?? 'inconclusive', claims };
}
