import type { Curve } from '../core/results.ts';

export interface CurveSummary {
  metric: string;
  points: number;
  first: number;
  /** Least of the values that are numbers; NaN if none is. */
  min: number;
  last: number;
}

export function summariseCurve(curve: Curve): CurveSummary {
  const values = curve.points.map(([, value]) => value);
  const min = values.reduce((least, value) => (value < least || Number.isNaN(least) ? value : least), Number.NaN);
  return { metric: curve.metric, points: values.length, first: values[0]!, min, last: values.at(-1)! };
}
