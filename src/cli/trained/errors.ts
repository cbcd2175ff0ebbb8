/** `bench errors`: what one run gets wrong, whether two differ, and what several make of it together. */
import { EXIT, UserError } from '../../core/errors.ts';
import type { Predictions } from '../../core/predictions.ts';
import {
  averagePredictions,
  type McNemar,
  mcnemar,
  mostConfused,
  requireSameImages,
  type TestSetFigures,
  testSetFigures,
  wrongAt,
} from '../../stats/index.ts';
import { printJson, wordsForNumbers } from '../output/json.ts';
import { comparisonLines, figureLines } from './errors-lines.ts';
import { askedPredictions } from './predictions-asked.ts';

/** Worst classes and confused pairs that are shown. */
const SHOWN = 5;

export interface ErrorsOptions {
  ensemble?: boolean;
  json?: boolean;
}

export async function errorsCommand(names: readonly string[], { ensemble, json }: ErrorsOptions): Promise<number> {
  if (!ensemble && names.length > 2)
    throw new UserError(`errors: expected one run or two, got ${names.length}. \`--ensemble\` averages several.`);
  const members = names.map(askedPredictions);
  const shown = ensemble ? [averagePredictions(members), ...members] : members;
  const sets = shown.map(figuresOf);
  const [first, ...others] = shown;
  const second = ensemble ? best(others) : others[0];
  const comparison = first && second && first !== second ? compare(first, second) : null;
  if (json) printJson(wordsForNumbers(asJson(sets, comparison, ensemble ?? false)));
  else process.stdout.write([...sets.map(figureLines), ...comparisonLines(comparison)].join('\n'));
  return EXIT.ok;
}

export interface SetFigures extends TestSetFigures {
  run: string;
  procedure: string;
  dataset: string;
  worst: TestSetFigures['classes'];
  confused: { is: string; takenFor: string; images: number; share: number }[];
}

function figuresOf(predictions: Predictions): SetFigures {
  const { run, procedure, dataset, classes } = predictions.about;
  const figures = testSetFigures(predictions);
  const confused = mostConfused(figures.confusion, SHOWN).map(pair => ({
    ...pair,
    is: classes[pair.is] as string,
    takenFor: classes[pair.takenFor] as string,
  }));
  const worst = figures.classes.filter(({ images }) => images > 0).sort((a, b) => b.rate - a.rate);
  return { run, procedure, dataset, ...figures, worst: worst.slice(0, SHOWN), confused };
}

/** Which were compared, as RUN:PROCEDURE. */
export type Comparison = McNemar & { first: string; second: string };

/** On the top-1 errors of the same images. */
function compare(first: Predictions, second: Predictions): Comparison | null {
  requireSameImages(first, second);
  const [one, other] = [first, second].map(({ about }) => `${about.run}:${about.procedure}`) as [string, string];
  const found = mcnemar(wrongAt(first, 1), wrongAt(second, 1));
  return found && { first: one, second: other, ...found };
}

/** Of an ensemble's members the one with the fewest top-1 errors; of several, the first. */
function best(members: readonly Predictions[]): Predictions | undefined {
  const wrongs = members.map(member => wrongAt(member, 1).filter(Boolean).length);
  return members[wrongs.indexOf(Math.min(...wrongs))];
}

function asJson(sets: readonly SetFigures[], comparison: Comparison | null, isEnsemble: boolean) {
  if (!isEnsemble) return { runs: sets, comparison };
  const [ensemble, ...runs] = sets;
  return { ensemble, runs, comparison };
}
