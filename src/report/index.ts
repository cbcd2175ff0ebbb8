import type { ReportResults } from './costs.ts';
import { writeOutput } from './output.ts';
import { renderReport } from './page.ts';

export { reportPath } from './output.ts';
export { renderReport } from './page.ts';

/** Replaces the file at `path`. */
export async function writeReport(results: ReportResults, path: string): Promise<void> {
  writeOutput(await renderReport(results), path);
}
