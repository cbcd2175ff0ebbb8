/** `bench errors`: what one run gets wrong, whether two differ, and what several make of it together. */
import { EXIT, UserError } from '../core/errors.ts';
import type { Predictions } from '../core/predictions.ts';
import {
  averagePredictions,
  type McNemar,
  mcnemar,
  mostConfused,
  requireSameImages,
  type TestSetFigures,
  testSetFigures,
  wrongAt,
} from '../stats/index.ts';
import { printJson } from './command.ts';
import { comparisonLines, figureLines } from './errors-lines.ts';
import { askedPredictions } from './predictions-asked.ts';
import { wordsForNumbers } from './words-for-numbers.ts';

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
  const comparison = ensemble ? null : compare(members);
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

/** On the top-1 errors of the same images. */
function compare([first, second]: readonly Predictions[]): McNemar | null {
  if (first === undefined || second === undefined) return null;
  requireSameImages(first, second);
  return mcnemar(wrongAt(first, 1), wrongAt(second, 1));
}

function asJson(sets: readonly SetFigures[], comparison: McNemar | null, isEnsemble: boolean) {
  if (!isEnsemble) return { runs: sets, comparison };
  const [ensemble, ...runs] = sets;
  return { ensemble, runs };
}
