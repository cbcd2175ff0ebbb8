/** With what the runs of a report were executed, in words. */
import type { Execution } from '../core/experiment.ts';

export interface Executed extends Execution {
  /** Those of the arms, where they differ with commas between. */
  precision: string;
}

export const executedText = ({ threads, device, precision }: Executed): string =>
  `${threadsText(threads)}, ${device}, ${precision}`;

export const threadsText = (threads: number): string => `${threads === 1 ? 'one thread' : `${threads} threads`} a cell`;
