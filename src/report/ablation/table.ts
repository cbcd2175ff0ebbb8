/** The ablation table, before it is written in any format. */
import { UserError } from '../../core/errors.ts';
import { meanInterval } from '../../stats/index.ts';
import type { ReportResults } from '../costs.ts';
import { digitsOf, type Figure, figuresOf, finishedRuns, type Metric, metricsOf, speedNote } from '../metrics.ts';

const LEVEL = 0.95;

export interface AblationTable {
  columns: { metric: Metric; digits: number }[];
  rows: { arm: string; seeds: number; cells: AblationCell[] }[];
  caption: string;
}

export interface AblationCell {
  figure: Figure;
  /** Best of its column, and told from every other arm by an interval of the differences seed by seed. */
  best: boolean;
}

/** Arms × metrics. Throws one line on a metric that no run has. */
export function ablationTable(results: ReportResults, names?: readonly string[]): AblationTable {
  const metrics = chosen(metricsOf(results), names);
  const columns = metrics.map(metric => ({ metric, figures: figuresOf(results, metric) }));
  const best = columns.map(({ metric, figures }) => bestArm(figures, metric));
  return {
    columns: columns.map(({ metric, figures }) => ({ metric, digits: digitsOf(figures) })),
    rows: results.arms.map((arm, i) => ({
      arm,
      seeds: finishedRuns(results, arm).length,
      cells: columns.map(({ figures }, c) => ({ figure: figures[i] as Figure, best: best[c] === arm })),
    })),
    caption: captionOf(results),
  };
}

function chosen(known: readonly Metric[], names: readonly string[] | undefined): readonly Metric[] {
  return (names ?? known.map(({ name }) => name)).map(name => {
    const metric = known.find(one => one.name === name);
    if (metric) return metric;
    throw new UserError(`--metrics: no finished run has "${name}". Known: ${known.map(one => one.name).join(', ')}.`);
  });
}

/** Speed is better when it is higher, errors and losses when they are lower. */
const signOf = ({ name }: Metric): number => (name === 'imagesPerSecond' ? -1 : 1);

/**
 * The arm with the best mean, if the interval of its difference to each other arm lies on one side of 0, at a level
 * that holds for all of these comparisons together (Bonferroni). Null otherwise.
 */
export function bestArm(figures: readonly Figure[], metric: Metric): string | null {
  const known = figures.filter(({ mean }) => Number.isFinite(mean));
  const [first, ...others] = known.toSorted((a, b) => signOf(metric) * (a.mean - b.mean));
  if (first === undefined || others.length === 0 || known.length < figures.length) return null;
  const level = 1 - (1 - LEVEL) / others.length;
  return others.every(other => clearlyWorse(first, other, signOf(metric), level)) ? first.arm : null;
}

function clearlyWorse(best: Figure, other: Figure, sign: number, level: number): boolean {
  const differences = best.values.flatMap(({ seed, value }) => {
    const same = other.values.find(one => one.seed === seed);
    return same ? [sign * (same.value - value)] : [];
  });
  const interval = meanInterval(differences, level);
  return differences.length >= 3 && interval !== null && interval[0] > 0;
}

function captionOf(results: ReportResults): string {
  const { experiment, tier, seeds, verdicts } = results;
  const { title, claims } = experiment;
  const count = `${seeds.length} ${seeds.length === 1 ? 'seed an arm was' : 'seeds an arm were'} planned`;
  const bold =
    'A figure is marked as the best of its column only if the 95 % interval of its difference to every other arm, seed by seed and over all of these comparisons together, excludes 0.';
  const outcomes = verdicts.map(
    ({ claim, outcome }) =>
      `${claim.id} (margin ${claim.margin * (claim.unit === 'pp' || claim.unit === '%' ? 100 : 1)} ${claim.unit}): ${outcome}`,
  );
  const judged = claims.length > 0 && outcomes.length > 0 ? ` Claims: ${outcomes.join('; ')}.` : '';
  return `${title}, ${tier} tier. ${count}; mean of the finished ones with its 95 % interval. ${bold}${speedNote(results)}${judged}`;
}
