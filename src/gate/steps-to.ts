/** `steps-to:test.top1<=0.2`: the step at which a curve first is as good as that; censored if it never was. */
import { UserError } from '../core/errors.ts';
import type { Figure } from './measured.ts';

export interface StepsTo {
  curve: string;
  comparison: '<=' | '>=';
  value: number;
}

/** Null for any other metric; throws one line where it only looks like one. */
export function parseStepsTo(metric: string): StepsTo | null {
  if (!metric.startsWith('steps-to:')) return null;
  const [, curve, comparison, value] = /^steps-to:(.+?)(<=|>=)(-?[0-9.]+(?:e-?\d+)?)$/i.exec(metric) ?? [];
  if (curve === undefined || !Number.isFinite(Number(value)))
    throw new UserError(
      `metric "${metric}": expected steps-to:<curve><=<value> or >=, as in "steps-to:test.top1<=0.2".`,
    );
  return { curve, comparison: comparison as StepsTo['comparison'], value: Number(value) };
}

/** Null if the curve has no points. */
export function stepsTo({ comparison, value }: StepsTo, points: readonly (readonly [number, number])[]): Figure | null {
  const reached = points.find(([, seen]) => (comparison === '<=' ? seen <= value : seen >= value));
  if (reached) return reached[0];
  const last = points.at(-1);
  return last ? { above: last[0] } : null;
}
