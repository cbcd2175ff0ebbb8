import type { Engine, StepRequest } from './engines.ts';
import { type Outcome, runForJson } from './process.ts';

/** One process with two threads, or two pinned processes with one thread each. */
export interface Layout {
  processes: 1 | 2;
  threads: 1 | 2;
}

export const LAYOUTS: readonly Layout[] = [
  { processes: 1, threads: 2 },
  { processes: 2, threads: 1 },
];

interface StepReport {
  /** Over the steps. */
  imagesPerSecond: { median: number; min: number; max: number };
  lossFirst: number | null;
  lossLast: number | null;
  /** Most resident memory of the process, the compiler's included. */
  peakMegabytes: number;
  version?: string;
  /** Where what ran is only the nearest to what was asked. */
  notes?: string[];
}

export interface Measurement {
  /** Of all processes together. */
  imagesPerSecond: number;
  reports: StepReport[];
}

export type MeasureRequest = Omit<StepRequest, 'threads'>;

/** Fresh processes, at once; the first that fails is the answer. */
export async function measure(engine: Engine, request: MeasureRequest, layout: Layout): Promise<Outcome<Measurement>> {
  const command = engine.command({ ...request, threads: layout.threads });
  const pins = layout.processes === 1 ? ['0,1'] : ['0', '1'];
  const outcomes = await Promise.all(
    pins.map(processors => runForJson<StepReport>(command, { seconds: request.seconds, processors })),
  );
  const failed = outcomes.find(outcome => 'failure' in outcome);
  if (failed) return failed;
  const reports = outcomes.flatMap(outcome => ('value' in outcome ? [outcome.value] : []));
  const imagesPerSecond = reports.reduce((sum, report) => sum + report.imagesPerSecond.median, 0);
  return { value: { imagesPerSecond, reports } };
}
