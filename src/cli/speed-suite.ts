/** `bench speed`, `bench speed SUITE` and `bench speed SUITE --compare REV`. */
import { EXIT, UserError } from '../core/errors.ts';
import { unknownName } from '../core/registry.ts';
import { type Check, exitCodeOf, type GateReport, gateJson, gateSentence } from '../gate/index.ts';
import { type BenchmarkFigures, BUDGET, type SuiteFigures } from '../speed/measure.ts';
import { runSuite, suiteUrl } from '../speed/run-suite.ts';
import { allSuites, type Suite } from '../speed/suite.ts';
import { printJson } from './command.ts';
import { OUTCOME_COLOURS } from './gate-outputs.ts';
import { Interrupts } from './interrupts.ts';
import { type CompareOptions, compareSpeed } from './speed-compare.ts';
import { formatTable } from './table.ts';

export interface SuiteOptions extends CompareOptions {
  compare?: string;
  json?: boolean;
}

/** `others`: what else `bench speed` measures, for whoever mistypes a name. */
export async function speedOfSuite(
  name: string | undefined,
  net: string | undefined,
  options: SuiteOptions,
  others: readonly string[],
): Promise<number> {
  const suites = await allSuites();
  if (name === undefined) return listSuites([...suites.values()], options);
  if (!suites.has(name)) throw unknownName('measurement', name, [...others, ...suites.keys()]);
  if (net !== undefined)
    throw new UserError(`bench speed ${name}: expected no net, got "${net}": a suite has its own.`);
  return options.compare === undefined ? measureOnce(name, options) : showComparison(name, options.compare, options);
}

function listSuites(suites: readonly Suite[], { json }: SuiteOptions): number {
  const rows = suites.map(({ name, about, benchmarks }) => ({ name, about, benchmarks: Object.keys(benchmarks) }));
  const text = (): string =>
    formatTable(rows, [
      { title: 'suite', text: suite => suite.name },
      { title: 'what it times', text: suite => suite.about },
      { title: 'benchmarks', text: suite => suite.benchmarks.join(', ') },
    ]);
  if (json) printJson(rows);
  else process.stdout.write(text());
  return EXIT.ok;
}

async function measureOnce(name: string, { json }: SuiteOptions): Promise<number> {
  const interrupts = new Interrupts(() => process.stderr.write('Stopping.\n'));
  try {
    const figures = await runSuite({ url: suiteUrl(name), budget: BUDGET }, interrupts.stop);
    if (json) printJson({ suite: name, ...figures });
    else process.stdout.write(suiteText(figures));
    return Object.keys(figures.failures).length > 0 ? EXIT.noData : EXIT.ok;
  } finally {
    interrupts.release();
  }
}

function suiteText({ benchmarks, failures }: SuiteFigures): string {
  const table = formatTable<[string, BenchmarkFigures]>(Object.entries(benchmarks), [
    { title: 'benchmark', text: ([name]) => name },
    { title: 'median', align: 'right', text: ([, { medianMs }]) => `${milliseconds(medianMs)} ms` },
    { title: 'MAD', align: 'right', text: ([, { madMs }]) => `${milliseconds(madMs)} ms` },
    { title: 'samples', align: 'right', text: ([, { samples }]) => String(samples) },
  ]);
  const lines = Object.entries(failures).map(([name, why]) => `${name}: not measured: ${why}\n`);
  return `${table}${lines.join('')}`;
}

async function showComparison(name: string, revision: string, options: SuiteOptions): Promise<number> {
  const report = await compareSpeed(name, revision, options);
  if (options.json) printJson(gateJson(report));
  else process.stdout.write(comparisonText(report));
  return exitCodeOf(report.outcome, 'fail');
}

/** The checks as ratios: 1.05 takes 5 % more time than the base. */
function comparisonText(report: GateReport): string {
  const { checks, speed } = report;
  const table = formatTable<Check>(checks, [
    { title: 'check', text: check => check.outcome, colour: check => OUTCOME_COLOURS[check.outcome] },
    { title: 'benchmark', text: check => check.metric },
    {
      title: 'base',
      align: 'right',
      text: check => (check.baseline === null ? '-' : `${milliseconds(check.baseline)} ms`),
    },
    {
      title: 'head',
      align: 'right',
      text: check => (check.present === null ? '-' : `${milliseconds(check.present)} ms`),
    },
    { title: 'ratio', align: 'right', text: check => ratio(check, check.worsening) },
    { title: 'interval', text: check => check.interval?.map(bound => ratio(check, bound)).join(' to ') ?? '-' },
    { title: 'tolerated', align: 'right', text: check => ratio(check, check.margin) },
    { title: '', text: check => check.because ?? '' },
  ]);
  const about =
    speed &&
    `${speed.rounds} rounds, ${speed.moved} thrown away, order by seed ${speed.seed}, benchmarks of ${speed.benchmarksOf}.`;
  return `${table}${gateSentence(report)}\n${about}\n`;
}

const ratio = ({ baseline }: Check, worsening: number | null): string =>
  baseline === null || worsening === null ? '-' : (1 + worsening / baseline).toFixed(3);

const milliseconds = (ms: number): string => ms.toPrecision(4);
