import { UserError } from '../core/errors.ts';
import type { Claim } from '../core/experiment.ts';
import { parseCurveMetric } from './curve-metrics/index.ts';
import { parseTerm } from './term.ts';

/** Weights such as 1/3 are not exact. */
const ROUNDING = 1e-9;

/** Throws unless the claim speaks of arms that there are, and compares like with like. `where` names the experiment's file. */
export function validateClaim({ id, margin, metric, contrast }: Claim, arms: readonly string[], where: string): void {
  const refuse = (field: string, problem: string): never => {
    throw new UserError(`${where}: claim ${id}: field ${field}: ${problem}`);
  };
  if (!(margin >= 0 && margin < Number.POSITIVE_INFINITY))
    refuse(
      'margin',
      `expected a finite number of at least 0, got ${margin}. To turn a claim around, turn its weights.`,
    );
  const terms = Object.keys(contrast).map(text => parseTerm(text, metric));
  for (const term of terms) parseCurveMetric(term.metric);
  const problem = problemOf(Object.entries(contrast), arms);
  if (problem) refuse('contrast', problem);
}

function problemOf(weights: readonly [string, number][], arms: readonly string[]): string | null {
  const unknown = weights.flatMap(([term]) => parseTerm(term, '').arms).find(arm => !arms.includes(arm));
  if (unknown !== undefined) return `expected arms among ${arms.join(', ')}, got "${unknown}".`;
  const idle = weights.find(([, weight]) => weight === 0 || !Number.isFinite(weight));
  if (idle) return `expected a finite weight other than 0 for ${idle[0]}, got ${idle[1]}. Leave out arms not compared.`;
  if (weights.length < 2) return `expected at least two arms to compare, got ${weights.length}.`;
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
  return Math.abs(total) > ROUNDING
    ? `expected weights that sum to 0, got ${total}: equal arms must give no effect.`
    : null;
}
