/** After the runs: the verdict on the terminal and in the store, the report, and the exit code. */
import { relative } from 'node:path';
import { EXIT, type ExitCode } from '../../core/errors.ts';
import type { ClaimVerdict } from '../../core/results.ts';
import type { Plan } from '../../runner/plan.ts';
import { saveVerdicts } from '../../tracking/queries.ts';
import type { Store } from '../../tracking/store.ts';
import { verdictJson } from '../claims/verdict-json.ts';
import { verdictLines } from '../claims/verdict-lines.ts';
import { printJson } from '../output/json.ts';
import { resultsOfPlan, withCosts } from '../report/results-of-plan.ts';
import { withTestSet } from '../report/shown-test-set.ts';

export interface ConcludeOptions {
  strict?: boolean;
  onInconclusive: 'pass' | 'fail';
  json?: boolean;
}

export async function conclude(plan: Plan, store: Store, options: ConcludeOptions): Promise<ExitCode> {
  const results = resultsOfPlan(plan, store);
  saveVerdicts(store, { experiment: plan.experiment.id, tier: plan.tier, specHash: plan.specHash }, results.verdicts);
  const { reportPath, writeReport } = await import('../../report/index.ts');
  const path = reportPath(plan.experiment.id);
  await writeReport(await withTestSet(await withCosts(results, plan)), path);
  if (options.json) printJson(verdictJson(results));
  else process.stdout.write(`${verdictLines(results.verdicts)}Report: ${relative('.', path)}\n`);
  return exitCodeOf(results.verdicts, options);
}

/** The first claim is the experiment's own; a refuted one is a finding, and fails only who asks for it. */
function exitCodeOf([verdict]: readonly ClaimVerdict[], { strict, onInconclusive }: ConcludeOptions): ExitCode {
  if (verdict?.outcome === 'refuted' && strict) return EXIT.failed;
  if (verdict?.outcome === 'inconclusive' && onInconclusive === 'fail') return EXIT.inconclusive;
  return EXIT.ok;
}
