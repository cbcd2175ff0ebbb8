import type { Experiment, TierName } from '../core/experiment.ts';
import type { ClaimVerdict, Curve, RunSummary } from '../core/results.ts';
import { judgeExperiment } from '../stats/index.ts';
import { BLOCK_STEPS } from '../tracking/point-writer.ts';
import {
  type Bucket,
  type BucketedCurve,
  bucketedCurves,
  curves,
  machineTypesOf,
  provenanceDifferences,
  provenanceOf,
} from '../tracking/queries.ts';
import type { Store } from '../tracking/store.ts';
import { figuresOfRuns } from './claim-figures.ts';
import type { ReportResults } from './costs.ts';
import { commonType, type MachineTypes, mixedSeedsOf } from './mixed-machines.ts';
import { type RunClock, runClock } from './run-clock.ts';

/** Curves of at most so many points are read whole: evaluations are few, and each of them counts. */
const MOST_POINTS = 1000;
const MOST_BUCKETS = 120;
const FEWEST_BUCKETS = 40;
/** Of a chart: so many can be drawn without a wait, and fit into the page. */
const MOST_ROWS = 12_000;

/** What was planned: the part of a plan that results are read against. */
export interface ResultsRequest {
  experiment: Experiment;
  tier: TierName;
  specHash: string;
  /** False: the tier is too short to decide anything. */
  decides: boolean;
  arms: readonly string[];
  seeds: readonly number[];
  /** The run that counts for each cell. */
  runs: readonly RunSummary[];
}

/** Reads all that a verdict and a report need. */
export function gatherResults(store: Store, request: ResultsRequest): ReportResults {
  const { experiment, tier, specHash, arms, seeds, runs } = request;
  const finished = runs.filter(run => run.state === 'finished');
  const provenances = provenanceOf(
    store,
    finished.map(run => run.id),
  );
  return {
    experiment,
    tier,
    specHash,
    arms,
    seeds,
    runs,
    ...curvesOf(store, runs),
    ...machinesOf(store, runs),
    verdicts: judge(store, request),
    provenance: [...provenances.values()][0] ?? null,
    differences: provenanceDifferences(provenances.values()),
  };
}

/** Times of several types of machine on one axis would compare the machines. */
function machinesOf(store: Store, runs: readonly RunSummary[]): Pick<ReportResults, 'machineTypes' | 'clocks'> {
  const machineTypes = typesOf(store, runs);
  return { machineTypes, ...(commonType(runs, machineTypes) !== null && { clocks: {} }) };
}

/** The verdicts alone: only those curves are read that a claim speaks of. */
export const judge = (
  store: Store,
  { experiment, decides, seeds, runs }: Pick<ResultsRequest, 'experiment' | 'decides' | 'seeds' | 'runs'>,
): ClaimVerdict[] =>
  judgeExperiment(experiment, figuresOfRuns(store, runs), {
    decides,
    plannedSeeds: seeds,
    mixedSeeds: mixedSeedsOf(runs, typesOf(store, runs)),
  });

const typesOf = (store: Store, runs: readonly RunSummary[]): MachineTypes =>
  machineTypesOf(
    store,
    runs.map(run => run.id),
  );

/** Buckets of a curve's line, where a chart has one for each of the runs. */
export function bucketsFor(runs: number): number {
  return Math.max(FEWEST_BUCKETS, Math.min(MOST_BUCKETS, Math.floor(MOST_ROWS / Math.max(1, runs))));
}

/** Under the names of the plan, which may differ from those that the run was made under. */
function curvesOf(
  store: Store,
  runs: readonly RunSummary[],
): Required<Pick<ReportResults, 'curves' | 'widths' | 'clocks'>> {
  const widths: Record<string, number> = {};
  const clocks: Record<string, RunClock> = {};
  const most = bucketsFor(runs.length);
  const curvesFound = runs.flatMap((run): Curve[] => {
    const { id, arm, seed } = run;
    const wholes = bucketedCurves(store, { runs: [id], buckets: 1 });
    const [densest] = wholes.toSorted((a, b) => b.points - a.points);
    if (densest) clocks[id] = runClock(store, run, densest, most);
    return wholes.flatMap(whole => {
      const query = { runs: [id], metrics: [whole.metric] };
      if (whole.points <= MOST_POINTS) return curves(store, query).map(curve => ({ ...curve, arm, seed }));
      const { width, buckets } = longCurve(store, whole, most);
      widths[whole.metric] = Math.max(widths[whole.metric] ?? 1, width);
      return [{ run: id, arm, seed, metric: whole.metric, points: buckets.map(pointOf) }];
    });
  });
  return { curves: curvesFound, widths, clocks };
}

/**
 * Buckets that begin at multiples of their width, so that those of all runs lie alike. Where they can, they are whole
 * blocks of the store, whose sums it keeps: then its points are hardly read.
 */
function longCurve(store: Store, whole: BucketedCurve, most: number): { width: number; buckets: Bucket[] } {
  const { from = 0, to: last = 0 } = whole.buckets[0] ?? {};
  const wished = Math.ceil((last + 1) / most);
  const width = wished < BLOCK_STEPS / 2 ? wished : BLOCK_STEPS * Math.ceil(wished / BLOCK_STEPS);
  const first = Math.ceil(from / width) * width;
  const end = Math.floor((last + 1) / width) * width;
  const read = (start: number, to: number, buckets: number): Bucket[] =>
    start > to || buckets < 1
      ? []
      : bucketedCurves(store, { runs: [whole.run], metrics: [whole.metric], from: start, to, buckets }).flatMap(
          curve => curve.buckets,
        );
  const parts = [
    read(from, first - 1, 1),
    read(first, end - 1, (end - first) / width),
    read(Math.max(end, first), last, 1),
  ];
  return { width, buckets: parts.flat() };
}

const pointOf = ({ to, notNumbers, mean }: Bucket): readonly [number, number] => [
  to,
  notNumbers > 0 ? Number.NaN : mean,
];
