/** What may be done to a run from its page. Who does it is the server's owner: see `RunControl`. */
import { isSettled, type RunSummary } from '../../core/results.ts';

/** What the buttons do. Each throws one line if it cannot be done. */
export interface RunControl {
  stop(run: string): void;
  resume(run: string): void;
}

export const canStop = ({ state }: RunSummary): boolean => state === 'running';

export const canResume = (run: RunSummary): boolean =>
  ['killed', 'crashed', 'failed'].includes(run.state) && !isSettled(run);
