/** From an experiment's figures to all of its verdicts. */
import type { Choice, Claim, Experiment } from '../core/experiment.ts';
import type { ClaimVerdict, LevelVerdict } from '../core/results.ts';
import { armsAtLevel, type ChosenArms, chooseArms } from './choice.ts';
import { judgeConjunction } from './conjunction.ts';
import type { Figure } from './figure.ts';
import { parseTerm } from './term.ts';
import { type JudgeOptions, judgeClaim, type ValuesByArm } from './verdict.ts';

/** Seed → figure of one arm, or of what several arms' averaged predictions give. */
export type FiguresOfArms = (arms: readonly string[], metric: string) => ReadonlyMap<number, Figure>;

/** Seeds of which the runs of these arms had machines of several types. */
export type MixedSeeds = (arms: readonly string[]) => readonly number[];

export interface ExperimentOptions extends Omit<JudgeOptions, 'mixed'> {
  /** None if it is left out. */
  mixedSeeds?: MixedSeeds;
}

/** The conjunction's first, if there is one: it is the experiment's own. */
export function judgeExperiment(
  experiment: Pick<Experiment, 'claims' | 'conjunction' | 'choice' | 'factors'>,
  figures: FiguresOfArms,
  options: ExperimentOptions,
): ClaimVerdict[] {
  const { claims, conjunction, choice } = experiment;
  const verdicts = claims.map(claim =>
    choice
      ? judgeChosen(claim, { ...experiment, choice }, figures, options)
      : judgeClaim(claim, valuesOf(claim, figures), { ...options, mixed: mixedOf(claim, options) }),
  );
  return conjunction ? [judgeConjunction(conjunction, verdicts), ...verdicts] : verdicts;
}

const termsOf = ({ contrast, metric }: Claim) =>
  Object.keys(contrast).map(text => ({ text, ...parseTerm(text, metric) }));

/** `nameOf`: the arm behind a name of the claim. */
function mixedOf(claim: Claim, { mixedSeeds }: ExperimentOptions, nameOf = (name: string) => name): readonly number[] {
  const arms = termsOf(claim).flatMap(term => term.arms.map(nameOf));
  return mixedSeeds?.([...new Set(arms)]) ?? [];
}

function valuesOf(claim: Claim, figures: FiguresOfArms): ValuesByArm {
  const terms = termsOf(claim);
  return new Map(terms.map(({ text, arms, metric }) => [text, figures(arms, metric)]));
}

function judgeChosen(
  claim: Claim,
  experiment: Pick<Experiment, 'factors'> & Required<Pick<Experiment, 'choice'>>,
  figures: FiguresOfArms,
  options: ExperimentOptions,
): ClaimVerdict {
  const { factor, by } = experiment.choice;
  const judgeWith = (chosen: ChosenArms): ClaimVerdict =>
    judgeClaim(claim, valuesOf(claim, through(chosen, figures)), {
      ...options,
      mixed: mixedOf(claim, options, name => chosen.get(name) ?? name),
    });
  const chosen = chooseArms(experiment, factor, arm => figures([arm], by), options.plannedSeeds);
  const atLevel = Object.keys(experiment.factors[factor] ?? {}).map((level): LevelVerdict => {
    const { outcome, effect, interval } = judgeWith(armsAtLevel(experiment, factor, level));
    return { level, outcome, effect, interval };
  });
  const verdict = judgeWith(chosen);
  const sentence = `${verdict.sentence} ${sentenceOf(experiment.choice, chosen, atLevel)}`;
  return { ...verdict, sentence, chosen: { arms: Object.fromEntries(chosen), atLevel } };
}

function sentenceOf({ factor, by }: Choice, chosen: ChosenArms, atLevel: readonly LevelVerdict[]): string {
  const levels = atLevel.map(({ level, outcome }) => `${level} ${outcome}`);
  return `By ${by}: ${[...chosen.values()].join(', ')}. With one ${factor} for all: ${levels.join(', ')}.`;
}

/** Claims name arms without the factor; figures are of arms with it. */
function through(chosen: ChosenArms, figures: FiguresOfArms): FiguresOfArms {
  return (names, metric) => {
    const arms = names.flatMap(name => chosen.get(name) ?? []);
    return arms.length === names.length ? figures(arms, metric) : new Map();
  };
}
