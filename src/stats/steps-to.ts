/**
 * `steps-to:test.top1<=0.2`: the step at which a curve first is as good as that; censored if it never was.
 * `log2-steps-to:…` counts in doublings, so that a difference of 1 is a factor of 2.
 */
import { UserError } from '../core/errors.ts';
import type { Figure } from './figure.ts';

export interface StepsTo {
  curve: string;
  comparison: '<=' | '>=';
  value: number;
  /** Of the step. */
  scale: 'linear' | 'log2';
}

/** Null for any other metric; throws one line where it only looks like one. */
export function parseStepsTo(metric: string): StepsTo | null {
  const [, log, rest] = /^(log2-)?steps-to:(.*)$/.exec(metric) ?? [];
  if (rest === undefined) return null;
  const [, curve, comparison, value] = /^(.+?)(<=|>=)(-?[0-9.]+(?:e-?\d+)?)$/i.exec(rest) ?? [];
  if (curve === undefined || !Number.isFinite(Number(value)))
    throw new UserError(
      `metric "${metric}": expected steps-to:<curve><=<value> or >=, as in "steps-to:test.top1<=0.2".`,
    );
  const scale = log === undefined ? 'linear' : 'log2';
  return { curve, comparison: comparison as StepsTo['comparison'], value: Number(value), scale };
}

/** Null if the curve has no points. */
export function stepsTo(
  { comparison, value, scale }: StepsTo,
  points: readonly (readonly [number, number])[],
): Figure | null {
  const scaled = (step: number): number => (scale === 'log2' ? Math.log2(step) : step);
  const reached = points.find(([, seen]) => (comparison === '<=' ? seen <= value : seen >= value));
  if (reached) return scaled(reached[0]);
  const last = points.at(-1);
  return last ? { above: scaled(last[0]) } : null;
}
