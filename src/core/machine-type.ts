/** On machines of one type the same run gives the same bits, and about the same speed. */
import type { Provenance } from './results.ts';

/** What decides which kernels run, in one line. Other writers may state less of it. */
export function machineType({
  cpu = 'unknown',
  cpuFlags = [],
  gpu = null,
}: Partial<Provenance['machine']> = {}): string {
  const features = cpuFlags.length > 0 ? ` (${cpuFlags.join(' ')})` : '';
  return `${cpu}${features}${gpu ? ` with ${gpu}` : ''}`;
}

const OF_THE_MACHINE = /(PerSecond|Seconds|Ms|Bytes)$/;

/** It says as much of the machine as of the code, and is compared on machines of one type only. */
export const isOfTheMachine = (metric: string): boolean => OF_THE_MACHINE.test(metric);
