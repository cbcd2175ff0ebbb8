/** `bench speed SUITE --compare REV`. */
import { type Check, exitCodeOf, type GateReport, gateJson, gateSentence } from '../../gate/index.ts';
import { OUTCOME_COLOURS } from '../gate/outputs.ts';
import { printJson } from '../output/json.ts';
import { formatTable } from '../output/table.ts';
import { type CompareOptions, compareSpeed } from './compare.ts';

export async function showComparison(
  suite: string,
  revision: string,
  options: CompareOptions & { json?: boolean },
): Promise<number> {
  const report = await compareSpeed(suite, revision, options);
  if (options.json) printJson(gateJson(report));
  else process.stdout.write(comparisonText(report));
  return exitCodeOf(report.outcome, 'fail');
}

export const milliseconds = (ms: number): string => `${ms.toPrecision(4)} ms`;

/** Ratios: 1.05 takes 5 % more time than the base. */
function comparisonText(report: GateReport): string {
  const { checks, speed } = report;
  const table = formatTable<Check>(checks, [
    { title: 'check', text: check => check.outcome, colour: check => OUTCOME_COLOURS[check.outcome] },
    { title: 'benchmark', text: check => check.metric },
    { title: 'base', align: 'right', text: ({ baseline }) => (baseline === null ? '-' : milliseconds(baseline)) },
    { title: 'head', align: 'right', text: ({ present }) => (present === null ? '-' : milliseconds(present)) },
    { title: 'ratio', align: 'right', text: check => ratio(check, check.worsening) },
    { title: 'interval', text: check => check.interval?.map(bound => ratio(check, bound)).join(' to ') ?? '-' },
    { title: 'tolerated', align: 'right', text: check => ratio(check, check.margin) },
    { title: '', text: check => check.because ?? '' },
  ]);
  return `${speed ? table : ''}${gateSentence(report)}\n${speed ? conditionsText(speed) : ''}`;
}

function conditionsText({ rounds, moved, seed, benchmarksOf }: NonNullable<GateReport['speed']>): string {
  return `${rounds} rounds, ${moved} thrown away, order by seed ${seed}, benchmarks of ${benchmarksOf}.\n`;
}

const ratio = ({ baseline }: Check, worsening: number | null): string =>
  baseline === null || worsening === null ? '-' : (1 + worsening / baseline).toFixed(3);
