import { extname } from 'node:path';
import { EXIT, UserError } from '../../core/errors.ts';
import { pick } from '../../core/registry.ts';
import { type ChartFormat, chartFile, FORMATS } from '../../report/chart-file.ts';
import { allCharts } from '../../report/chart-folder.ts';
import { writeOutput } from '../../report/output.ts';
import { withRecordedStore } from '../../tracking/recorded-store.ts';
import { printJson } from '../output/json.ts';
import { formatTable } from '../output/table.ts';
import { experimentResults } from './experiment-results.ts';
import type { ResultOptions } from './plan.ts';
import { withTestSet } from './shown-test-set.ts';

export interface ChartOptions extends ResultOptions {
  experiment?: string;
  out?: string;
  width?: number;
  list?: boolean;
  json?: boolean;
}

export async function chartCommand(name: string | undefined, options: ChartOptions): Promise<number> {
  if (options.list) return listCharts(options.json ?? false);
  const { experiment, out } = options;
  if (name === undefined || experiment === undefined || out === undefined)
    throw new UserError('chart: expected NAME --experiment EXPERIMENT --out FILE, or --list for the names.');
  const charts = new Map((await allCharts()).map(chart => [chart.name, chart]));
  const chart = pick('chart', name, charts);
  const format = chartFormatOf(out);
  const results = await withRecordedStore(async store =>
    withTestSet(await experimentResults(store, experiment, options)),
  );
  const file = await chartFile(chart, results, format, options.width);
  if (file === null) throw nothingToDraw(name, experiment);
  writeOutput(file, out);
  process.stdout.write(`${out}\n`);
  return EXIT.ok;
}

async function listCharts(json: boolean): Promise<number> {
  const charts = (await allCharts()).map(({ name, title, place }) => ({ name, title, place }));
  if (json) printJson(charts);
  else
    process.stdout.write(
      formatTable(charts, [
        { title: 'chart', text: chart => chart.name },
        { title: 'shows', text: chart => chart.title },
        { title: 'section', text: chart => chart.place },
      ]),
    );
  return EXIT.ok;
}

export function chartFormatOf(out: string): ChartFormat {
  const ending = extname(out).slice(1).toLowerCase();
  const format = FORMATS.find(one => one === ending);
  if (format) return format;
  throw new UserError(`--out ${out}: expected a file ending in ${FORMATS.map(one => `.${one}`).join(', ')}.`);
}

const nothingToDraw = (chart: string, experiment: string): UserError =>
  new UserError(
    `${experiment}: its runs have nothing that ${chart} could draw. "bench report ${experiment}" shows what there is.`,
    { exitCode: EXIT.noData },
  );
