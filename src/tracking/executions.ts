import type { Precision } from '../core/cell-config.ts';
import type { Execution } from '../core/experiment.ts';
import { fragment } from './fragment.ts';
import { type RunQuery, selectFields } from './run-query.ts';
import type { Store } from './store.ts';

/** With what runs were executed. Of those that another program trained it is not known, and they are left out. */
export interface RecordedExecution extends Execution {
  precision: Precision;
  /** Ids of those runs, newest first. */
  runs: string[];
}

const COLUMNS = [
  fragment('runs.id'),
  ...['execution.threads', 'execution.device', 'config.precision'].map(path => fragment(`cells.cell ->> '$.${path}'`)),
];

/** Each threads × device × precision that the runs of the query had, that of the newest run first. */
export function executionsOf(store: Store, query: RunQuery): RecordedExecution[] {
  const rows = store.read(() => selectFields(store, query, COLUMNS));
  const found = new Map<string, RecordedExecution>();
  for (const [id, threads, device, precision] of rows as [string, number | null, Execution['device'], Precision][]) {
    if (threads === null) continue;
    const key = `${threads} ${device} ${precision}`;
    const execution = found.get(key) ?? { threads, device, precision, runs: [] };
    found.set(key, execution);
    execution.runs.push(id);
  }
  return [...found.values()];
}
