/** The figures that claims speak of: final ones of runs, steps to a value on a curve, and those of averaged predictions. */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { runDir } from '../core/places.ts';
import { predictionsPath, readPredictions } from '../core/predictions.ts';
import type { RunSummary } from '../core/results.ts';
import {
  averagePredictions,
  type Figure,
  type FiguresOfArms,
  parseCurveMetric,
  testSetFigures,
} from '../stats/index.ts';
import { curves } from '../tracking/queries.ts';
import type { Store } from '../tracking/store.ts';

const USUAL_PROCEDURE = 'single-crop';

/** Of the finished ones among these runs, one of each arm and seed. */
export function figuresOfRuns(store: Store, runs: readonly RunSummary[]): FiguresOfArms {
  const finished = runs.filter(run => run.state === 'finished');
  return (arms, metric) => {
    const bySeed = new Map<number, Figure>();
    for (const seed of new Set(finished.map(run => run.seed))) {
      const members = arms.flatMap(arm => finished.find(run => run.arm === arm && run.seed === seed) ?? []);
      const [only] = members;
      if (only === undefined || members.length < arms.length) continue;
      const figure = arms.length === 1 ? figureOfRun(store, only, metric) : ensembleFigure(store, members, metric);
      if (figure !== null) bySeed.set(seed, figure);
    }
    return bySeed;
  };
}

/** Null if the run has none of that name. */
export function figureOfRun(store: Store, run: RunSummary, metric: string): Figure | null {
  const wanted = parseCurveMetric(metric);
  if (wanted === null) return run.metrics[metric] ?? null;
  const [curve] = curves(store, { runs: [run.id], metrics: [wanted.curve] });
  return curve ? wanted.of(curve.points) : null;
}

/** Null if a member has kept no predictions, or the metric is none of the test set. */
function ensembleFigure(store: Store, members: readonly RunSummary[], metric: string): number | null {
  const [, procedure = USUAL_PROCEDURE, name] = /^test\.(?:(.+)\.)?(loss|top1|top5)$/.exec(metric) ?? [];
  if (name === undefined) return null;
  const paths = members.map(({ id }) => predictionsPath(runDir(id, dirname(store.path)), procedure));
  if (!paths.every(existsSync)) return null;
  const { loss, top1, top5 } = testSetFigures(averagePredictions(paths.map(readPredictions)));
  return { loss, top1: top1.rate, top5: top5.rate }[name as 'loss' | 'top1' | 'top5'];
}
