/** What may be done to a run from its page. Who does it is the server's owner: see `RunControl`. */
import type { RunSummary } from '../../core/results.ts';

/** What the buttons do. Each throws one line if it cannot be done. */
export interface RunControl {
  stop(run: string): void;
  resume(run: string): void;
}

export const canStop = ({ state }: RunSummary): boolean => state === 'running';

/** The same bits would diverge again. */
export const canResume = ({ state, metrics }: RunSummary): boolean =>
  ['killed', 'crashed', 'failed'].includes(state) && metrics.diverged === undefined;
