/** The figures that verdicts were computed from, as a record holds them. */
import { armsOf, claimedArms } from '../../core/arms.ts';
import type { Experiment } from '../../core/experiment.ts';
import { armsAtLevel, boundOf, type Figure, type FiguresOfArms, parseTerm, type Term } from '../../stats/index.ts';
import type { Measured } from './record.ts';

export function freezeFigures(
  experiment: Experiment,
  figures: FiguresOfArms,
  seeds: readonly number[],
): Pick<Measured, 'seeds' | 'choice' | 'figures'> {
  const { choice } = experiment;
  const found: Measured['figures'] = {};
  for (const { arms, metric } of termsOf(experiment)) {
    const values = figures(arms, metric);
    found[metric] = { ...found[metric], [arms.join('+')]: seeds.map(seed => plainFigure(values.get(seed))) };
  }
  return {
    seeds: [...seeds],
    ...(choice && { choice: { ...choice, arms: rivalsOf(experiment, choice.factor) } }),
    figures: found,
  };
}

/** Claim's name of an arm → the arms among which it is chosen. */
function rivalsOf(experiment: Experiment, factor: string): Record<string, string[]> {
  const levels = Object.keys(experiment.factors[factor] ?? {});
  const atLevels = levels.map(level => armsAtLevel(experiment, factor, level));
  return Object.fromEntries(
    claimedArms(experiment).map(name => [name, atLevels.flatMap(arms => arms.get(name) ?? [])]),
  );
}

/** Where a level is chosen, at each of its levels, and with what it is chosen by. */
function termsOf({ claims, choice, factors }: Experiment): Term[] {
  const terms = claims.flatMap(({ contrast, metric }) => Object.keys(contrast).map(text => parseTerm(text, metric)));
  if (choice === undefined) return terms;
  const { factor, by } = choice;
  const atLevels = Object.keys(factors[factor] ?? {}).flatMap(level => {
    const arms = armsAtLevel({ factors }, factor, level);
    return terms.map(term => ({ ...term, arms: term.arms.map(name => arms.get(name) ?? name) }));
  });
  return [...atLevels, ...armsOf({ factors }).map(({ name }) => ({ arms: [name], metric: by }))];
}

const plainFigure = (figure: Figure | undefined): Figure | null =>
  figure !== undefined && Number.isFinite(boundOf(figure)) ? figure : null;
