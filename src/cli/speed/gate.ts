/** `bench gate --base`: the speed of the present checkout against a commit's, decided for a CI. */
import { UserError } from '../../core/errors.ts';
import { exitCodeOf } from '../../gate/index.ts';
import { type OutputOptions, writeOutputs } from '../gate/outputs.ts';
import { type CompareOptions, compareSpeed } from './compare.ts';

export interface SpeedGateOptions extends CompareOptions, OutputOptions {
  base: string;
  suite: string;
  onInconclusive: 'pass' | 'fail';
}

export async function speedGate(experiment: string | undefined, options: SpeedGateOptions): Promise<number> {
  const { base, suite, onInconclusive } = options;
  if (experiment !== undefined)
    throw new UserError(
      `gate --base: expected --suite beside it, got "${experiment}": experiments are gated with --baseline.`,
    );
  const report = await compareSpeed(suite, base, options);
  writeOutputs(report, options);
  return exitCodeOf(report.outcome, onInconclusive);
}
