/** `bench speed` and `bench speed SUITE`. */
import { EXIT, UserError } from '../../core/errors.ts';
import { unknownName } from '../../core/registry.ts';
import { type BenchmarkFigures, BUDGET, type SuiteFigures } from '../../speed/measure.ts';
import { runSuite, suiteUrl } from '../../speed/run-suite.ts';
import { allSuites, type Suite } from '../../speed/suite.ts';
import { printJson } from '../output/json.ts';
import { formatTable } from '../output/table.ts';
import { tell } from '../output/tell.ts';
import { Interrupts } from '../run/interrupts.ts';
import { askedBenchmarks, type CompareOptions } from './compare.ts';
import { milliseconds, showComparison } from './comparison.ts';

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
  const suite = suites.get(name);
  if (suite === undefined) throw unknownName('measurement', name, [...others, ...suites.keys()]);
  if (net !== undefined)
    throw new UserError(`bench speed ${name}: expected no net, got "${net}": a suite has its own.`);
  if (options.compare === undefined) return measureOnce(suite, options);
  return showComparison(name, options.compare, options);
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

async function measureOnce(suite: Suite, { json, metric, margin, confidence, rounds }: SuiteOptions): Promise<number> {
  const { name } = suite;
  if (margin !== undefined || confidence !== undefined || rounds !== undefined)
    throw new UserError(
      `bench speed ${name}: --margin, --confidence and --rounds are of a comparison: expected --compare.`,
    );
  const benchmarks = askedBenchmarks(suite, metric).map(([one]) => one);
  const interrupts = new Interrupts(() => tell('Stopping.'));
  try {
    const figures = await runSuite({ url: suiteUrl(name), benchmarks, budget: BUDGET }, interrupts.stop);
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
    { title: 'median', align: 'right', text: ([, { medianMs }]) => milliseconds(medianMs) },
    { title: 'MAD', align: 'right', text: ([, { madMs }]) => milliseconds(madMs) },
    { title: 'samples', align: 'right', text: ([, { samples }]) => String(samples) },
  ]);
  const lines = Object.entries(failures).map(([name, why]) => `${name}: not measured: ${why}\n`);
  return `${table}${lines.join('')}`;
}
