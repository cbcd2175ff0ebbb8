import { resolve } from 'node:path';
import type { ReportResults } from './costs.ts';
import { writeOutput } from './output.ts';
import { renderReport } from './page.ts';

export { renderReport } from './page.ts';

/** Where `bench run` puts an experiment's report. */
export const reportPath = (name: string, ending = 'html'): string => resolve('reports', `${name}.${ending}`);

/** Replaces the file at `path`. */
export async function writeReport(results: ReportResults, path: string): Promise<void> {
  writeOutput(await renderReport(results), path);
}
