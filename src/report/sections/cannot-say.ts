import { studentCritical } from '../../stats/student-t.ts';
import type { ReportResults } from '../costs.ts';
import type { Html } from '../html.ts';
import { finishedRuns } from '../metrics.ts';
import { proseList } from '../page-parts.ts';

const FEWEST_SEEDS = 3;
/** Fewer pairs cannot have a sign-flip p below 0.05, however they agree. */
const FEWEST_FOR_P = 6;

/** What these data do not support, found from the data themselves. */
export function cannotSay(results: ReportResults): Html | null {
  return proseList([...claimLines(results), ...seedLines(results), ...armLines(results), ...kindLines(results)]);
}

function claimLines({ verdicts, experiment, tier }: ReportResults): string[] {
  if (experiment.tiers[tier]?.decides === false) return ['Nothing: this tier is too short to decide any claim.'];
  return verdicts
    .filter(verdict => verdict.outcome === 'inconclusive')
    .map(({ claim, seeds, seedsNeeded }) => {
      const count = `${seeds.length} ${seeds.length === 1 ? 'seed decides' : 'seeds decide'} nothing`;
      const needed =
        seedsNeeded === null
          ? 'how many would, these data do not tell'
          : `about ${seedsNeeded} would, if they spread alike`;
      return `Claim ${claim.id}: ${count}; ${needed}.`;
    });
}

function seedLines({ seeds, verdicts }: ReportResults): string[] {
  if (seeds.length === 0) return [];
  if (seeds.length < FEWEST_SEEDS)
    return [
      `With ${seeds.length === 1 ? 'one seed' : `${seeds.length} seeds`} an arm no difference can be told from chance.`,
    ];
  const smallest = 2 / 2 ** seeds.length;
  const p = `With ${seeds.length} seeds no sign-flip p can be below ${Number(smallest.toPrecision(2))}, so p alone can never reach 0.05.`;
  const width = studentCritical(0.95, seeds.length - 1) / Math.sqrt(seeds.length);
  const least = `An interval of ${seeds.length} seeds reaches ${width.toFixed(1)} standard deviations to either side: a smaller effect stays unseen.`;
  return [...(seeds.length < FEWEST_FOR_P && verdicts.length > 0 ? [p] : []), least];
}

/** Those that finished are not a sample of all where some failed. */
function armLines(results: ReportResults): string[] {
  return results.arms.flatMap(arm => {
    const own = results.runs.filter(run => run.arm === arm);
    const failed = own.filter(run => run.state === 'failed').length;
    const finished = finishedRuns(results, arm).length;
    if (failed > 0)
      return [`${arm}: ${failed} of ${own.length} seeds failed, so its figures are of those that went well.`];
    return finished === 1 && results.seeds.length > 1 ? [`${arm}: one finished seed has no interval.`] : [];
  });
}

function kindLines({ arms, verdicts, selection, testSet }: ReportResults): string[] {
  const many = arms.length > 2 && verdicts.length === 0;
  return [
    ...(selection
      ? ['This selection was made after the runs, so it has no claims, and nothing here is a verdict.']
      : []),
    ...(many ? ['With many arms the best one looks better than it is: it was chosen for its luck too.'] : []),
    ...(testSet
      ? ['Seeds are chance in training. That another test set would rank the arms alike, they do not say.']
      : []),
  ];
}
