import type { ProcessName } from '../core/process.ts';
import type { Store } from './store.ts';

/** The process of the run's last attempt, as its journal names it; null before the first. Whether it lives, `processFate` says. */
export function processOf(store: Store, run: string): ProcessName | null {
  const sql = `SELECT pid, process_start AS processStart, host FROM attempts
    WHERE run = (SELECT key FROM runs WHERE id = ?) ORDER BY attempt DESC LIMIT 1`;
  return store.read(() => store.prepare<ProcessName>(sql).get(run)) ?? null;
}
