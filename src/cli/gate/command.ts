/** `bench gate`: run what is missing, compare with a baseline, decide; look again where that was planned. */
import { decide, lookAtRecorded, type OpenedGate, openGate, reportOf } from '../../api/gate.ts';
import { measure } from '../../api/measured.ts';
import { EXIT, UserError } from '../../core/errors.ts';
import type { TierName } from '../../core/experiment.ts';
import { type Decision, decideGate, exitCodeOf, type ThresholdFlags } from '../../gate/index.ts';
import { tell } from '../output/tell.ts';
import { runToEnd } from '../run/experiment.ts';
import { type OutputOptions, writeOutputs } from './outputs.ts';

export interface GateOptions extends ThresholdFlags, OutputOptions {
  baseline?: string;
  /** Default: the baseline's. */
  tier?: TierName;
  set: string[];
  workers?: number;
  /** False: only what is recorded is judged. */
  run: boolean;
  onInconclusive: 'pass' | 'fail';
}

export async function gateCommand(experiment: string | undefined, options: GateOptions): Promise<number> {
  const { baseline, run, onInconclusive } = options;
  if (experiment === undefined) throw new UserError('gate: expected an experiment and --baseline NAME, or --base REV.');
  if (!baseline) throw new UserError('gate: expected --baseline, the name of a file in baselines/.');
  const gate = await openGate({ ...options, experiment, baseline }, options);
  const lookOnce = (look: number, seeds: number): Promise<Decision | number> =>
    run ? runAndLook(gate, look, seeds, options) : lookAtRecorded(gate, look, seeds);
  const decision = await decide(gate, { look: lookOnce, say: tell });
  if (typeof decision === 'number') return decision;
  writeOutputs(reportOf(gate, decision), options);
  return exitCodeOf(decision.outcome, onInconclusive);
}

/** A number: the cells were stopped, and this is the exit code. */
async function runAndLook(
  { experiment, tier, set, thresholds, baseline }: OpenedGate,
  look: number,
  seeds: number,
  { workers }: GateOptions,
): Promise<Decision | number> {
  let decision: Decision | null = null;
  const asked = { tier, seeds, threads: 1, device: 'cpu', onInconclusive: 'pass' } as const;
  const code = await runToEnd(
    experiment.id,
    { ...asked, set: [...set], ...(workers !== undefined && { workers }) },
    async (plan, store) => {
      decision = decideGate({ thresholds, baseline, look, present: await measure(plan, store, thresholds) });
      return EXIT.ok;
    },
  );
  return decision ?? code;
}
