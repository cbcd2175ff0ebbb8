import { writeFileSync } from 'node:fs';
import { describeError, EXIT, UserError } from '../core/errors.ts';
import { runsDir } from '../core/places.ts';
import { ablationText, type TableFormat } from '../report/ablation/index.ts';
import { reportPath, writePage, writeReport } from '../report/index.ts';
import type { Store } from '../tracking/store.ts';
import { openRecordedStore } from './recorded-store.ts';
import { indexedExperiments } from './report-index.ts';
import { type PlanOptions, reportResults } from './results-of-plan.ts';
import { withTestSet } from './shown-test-set.ts';

export interface ReportOptions extends PlanOptions {
  out?: string;
  format: 'html' | TableFormat;
  metrics?: string;
  all?: boolean;
}

export async function reportCommand(id: string | undefined, options: ReportOptions): Promise<number> {
  if ((id === undefined) !== (options.all ?? false))
    throw new UserError('report: expected the name of an experiment, or --all for an index of all of them.');
  const store = openRecordedStore();
  if (store === null) throw nothingYet();
  try {
    if (id === undefined) await writeIndex(store, options.out ?? reportPath('index'));
    else if (options.format === 'html') await writeHtml(store, id, options);
    else await writeTable(store, id, options.format, options);
    return EXIT.ok;
  } finally {
    store.close();
  }
}

async function writeHtml(store: Store, id: string, options: ReportOptions): Promise<void> {
  const path = options.out ?? reportPath(id);
  await writeReport(await withTestSet(await reportResults(store, id, options)), path);
  process.stdout.write(`${path}\n`);
}

/** Without a file, on stdout: for a paper's source, or a pipe. */
async function writeTable(store: Store, id: string, format: TableFormat, options: ReportOptions): Promise<void> {
  const results = await reportResults(store, id, options);
  printOrWrite(
    ablationText(
      results,
      format,
      options.metrics?.split(',').map(name => name.trim()),
    ),
    options.out,
  );
}

async function writeIndex(store: Store, path: string): Promise<void> {
  const { renderIndex } = await import('../report/index-page.ts');
  writePage(renderIndex(await indexedExperiments(store, path)), path);
  process.stdout.write(`${path}\n`);
}

function printOrWrite(text: string, path: string | undefined): void {
  if (path === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(path, text);
  } catch (cause) {
    throw new UserError(`--out ${path}: cannot be written (${describeError(cause)}).`, { cause });
  }
  process.stdout.write(`${path}\n`);
}

const nothingYet = (): UserError =>
  new UserError(`no runs yet in ${runsDir()}: "npx bench run EXPERIMENT" makes some.`, { exitCode: EXIT.noData });
