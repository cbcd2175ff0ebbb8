import { join } from 'node:path';
import { drawnChart } from './chart-file.ts';
import { allCharts } from './chart-folder.ts';
import type { ReportResults } from './costs.ts';
import { writeOutput } from './output.ts';
import { drawingPdf } from './pdf.ts';

/** Every chart that has something to draw, as SVG and as PDF in `folder`. Gives the files' paths. */
export async function writeFigures(results: ReportResults, folder: string): Promise<string[]> {
  const written: string[] = [];
  for (const chart of await allCharts()) {
    const svg = await drawnChart(chart, results);
    if (svg === null) continue;
    const files = { svg, pdf: await drawingPdf(svg) };
    for (const [ending, content] of Object.entries(files)) {
      const path = join(folder, `${chart.name}.${ending}`);
      writeOutput(content, path);
      written.push(path);
    }
  }
  return written;
}
