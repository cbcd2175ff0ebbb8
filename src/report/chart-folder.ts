import { loadFolder } from '../core/folder.ts';
import type { ChartDefinition } from './charts/_chart.ts';

/** All charts of a report: the folder is the registry. */
export async function allCharts(): Promise<ChartDefinition[]> {
  const folder = await loadFolder<ChartDefinition>(new URL('./charts/', import.meta.url));
  return folder.map(entry => entry.value);
}
