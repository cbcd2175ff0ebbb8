/** Curves in the terminal, one small plot below the other: without colours lines that cross could not be told apart. */
import plot from 'simple-ascii-chart';
import { EXIT, UserError } from '../../core/errors.ts';
import { plainText } from '../../core/plain-text.ts';
import type { RunSummary } from '../../core/results.ts';
import {
  type BucketedCurve,
  bucketedCurves,
  experimentNames,
  findRun,
  latestRuns,
  listRuns,
} from '../../tracking/queries.ts';
import { withRecordedStore } from '../../tracking/recorded-store.ts';
import type { Store } from '../../tracking/store.ts';
import { formatFigure } from './run-table.ts';

const WIDTH = 64;
const HEIGHT = 8;
/** Of an experiment, the first of these that its runs have; of a run, all that it has. */
const METRICS = ['train.loss', 'test.top1', 'train.top1'];
const X_TICKS = 5;
const Y_TICKS = 4;

type Points = [step: number, value: number][];

interface Panel {
  title: string;
  metric: string;
  points: Points;
}

export function plotCommand(name: string): Promise<number> {
  return withRecordedStore(store => {
    process.stdout.write(plotText(store, name, experimentNames(store).includes(name)));
    return EXIT.ok;
  });
}

/** What `--plot` prints of a run (every metric) or an experiment (an arm a plot, the mean of its seeds, one scale). */
function plotText(store: Store, name: string, isExperiment: boolean): string {
  const panels = isExperiment ? armPanels(store, name) : runPanels(store, findRun(store, name));
  const drawn = panels.filter(({ points }) => points.length > 1);
  if (drawn.length === 0)
    throw new UserError(`${name}: no curve of at least two points to plot.`, { exitCode: EXIT.noData });
  const range = isExperiment ? rangeOf(drawn.flatMap(({ points }) => points)) : undefined;
  return drawn.map(panel => panelText(panel, range)).join('\n');
}

function runPanels(store: Store, { id }: RunSummary): Panel[] {
  return bucketedCurves(store, { runs: [id], buckets: WIDTH }).map(curve => ({
    title: curve.metric,
    metric: curve.metric,
    points: pointsOf(curve),
  }));
}

function armPanels(store: Store, experiment: string): Panel[] {
  const [newest] = listRuns(store, { experiment, limit: 1 });
  if (newest === undefined) return [];
  const runs = latestRuns(store, experiment, newest.tier, newest.specHash);
  const curves = bucketedCurves(store, { runs: runs.map(run => run.id), metrics: METRICS, buckets: WIDTH });
  const metric = METRICS.find(one => curves.some(curve => curve.metric === one)) ?? '';
  return [...new Set(runs.map(run => run.arm))].map(arm => {
    const own = curves.filter(curve => curve.arm === arm && curve.metric === metric);
    const seeds = own.length === 1 ? '1 seed' : `mean of ${own.length} seeds`;
    return { title: `${arm}: ${metric}, ${seeds}`, metric, points: meanPoints(own) };
  });
}

/** Only where every seed has a value: a mean of fewer would jump where one ends. */
function meanPoints(curves: readonly BucketedCurve[]): Points {
  const bySteps = new Map<number, number[]>();
  for (const [step, value] of curves.flatMap(pointsOf)) bySteps.set(step, [...(bySteps.get(step) ?? []), value]);
  return [...bySteps]
    .filter(([, values]) => values.length === curves.length)
    .map(([step, values]): [number, number] => [step, values.reduce((sum, one) => sum + one, 0) / values.length])
    .sort(([a], [b]) => a - b);
}

/** What is not finite has no place in a plot; the last step of a bucket stands for it. */
const pointsOf = ({ buckets }: BucketedCurve): Points =>
  buckets.filter(({ mean }) => Number.isFinite(mean)).map(({ to, mean }) => [to, mean]);

function panelText({ title, metric, points }: Panel, yRange = rangeOf(points)): string {
  const first = points[0]?.[0] ?? 0;
  const last = points.at(-1)?.[0] ?? 0;
  const drawing = plot(points, {
    width: WIDTH,
    height: HEIGHT,
    yRange,
    customXAxisTicks: spaced(first, last, X_TICKS).map(Math.round),
    customYAxisTicks: spaced(...yRange, Y_TICKS),
    formatter: (value, { axis }) => (axis === 'y' ? formatFigure(metric, value) : value),
  });
  return `${plainText(title)}\n${drawing.replace(/^\n+/, '').trimEnd()}\n`;
}

function rangeOf(points: Points): [number, number] {
  const values = points.map(([, value]) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

const spaced = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
