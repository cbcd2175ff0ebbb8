import { dirname } from 'node:path';
import { EXIT, UserError } from '../../core/errors.ts';
import { runsDir } from '../../core/places.ts';
import { ablationText, type TableFormat } from '../../report/ablation/index.ts';
import type { ReportResults } from '../../report/costs.ts';
import { writeFigures } from '../../report/figure-files.ts';
import { renderReport, reportPath } from '../../report/index.ts';
import { writeOutput } from '../../report/output.ts';
import { paperPdf } from '../../report/paper.ts';
import { withRecordedStore } from '../../tracking/recorded-store.ts';
import type { Store } from '../../tracking/store.ts';
import { experimentResults } from './experiment-results.ts';
import { indexedExperiments } from './indexed-experiments.ts';
import type { ResultOptions } from './plan.ts';
import { withTestSet } from './shown-test-set.ts';

export interface ReportOptions extends ResultOptions {
  out?: string;
  format: 'html' | 'pdf' | TableFormat;
  metrics?: string;
  figures?: string;
  all?: boolean;
  pages?: boolean;
}

export async function reportCommand(id: string | undefined, options: ReportOptions): Promise<number> {
  if ((id === undefined) !== (options.all ?? false))
    throw new UserError('report: expected the name of an experiment, or --all for an index of all of them.');
  if (options.pages && id !== undefined)
    throw new UserError('report: --pages goes with --all; without it there is one page, and it is written.');
  return withRecordedStore(async store => {
    if (id === undefined) await writeIndex(store, options.out ?? reportPath('index'), options.pages ?? false);
    else await writeExperiment(id, await experimentResults(store, id, options), options);
    return EXIT.ok;
  }, `no runs yet in ${runsDir()}: "npx bench run EXPERIMENT" makes some.`);
}

async function writeExperiment(
  id: string,
  results: ReportResults,
  { format, out, metrics, figures }: ReportOptions,
): Promise<void> {
  const columns = metrics?.split(',').map(name => name.trim());
  const isDrawn = format === 'html' || format === 'pdf' || figures !== undefined;
  const shown = isDrawn ? await withTestSet(results) : results;
  if (format === 'html') write(await renderReport(shown), out ?? reportPath(id));
  else if (format === 'pdf') write(await paperPdf(shown, columns), out ?? reportPath(id, 'pdf'));
  else writeTable(ablationText(results, format, columns), out);
  if (figures === undefined) return;
  const files = await writeFigures(shown, figures);
  process.stderr.write(`${figures}: ${files.length / 2} figures, each as SVG and as PDF\n`);
}

async function writeIndex(store: Store, path: string, withPages: boolean): Promise<void> {
  if (withPages) {
    const { writePages } = await import('./pages.ts');
    const count = await writePages(store, path);
    process.stderr.write(`${dirname(path)}: the pages of ${count} ${count === 1 ? 'experiment' : 'experiments'}\n`);
  }
  const { renderIndex } = await import('../../report/index-page.ts');
  write(renderIndex(await indexedExperiments(store, path)), path);
}

/** Without a file, on stdout: for a paper's source, or a pipe. */
function writeTable(text: string, path: string | undefined): void {
  if (path === undefined) process.stdout.write(text);
  else write(text, path);
}

function write(content: string | Uint8Array, path: string): void {
  writeOutput(content, path);
  process.stdout.write(`${path}\n`);
}
