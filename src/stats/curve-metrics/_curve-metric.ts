import type { Figure } from '../figure.ts';

/** A figure that is read off a curve: `NAME:REST`, wherever the metric of a claim, a gate or a list is named. */
export interface CurveMetric {
  name: string;
  /** What may stand in place of REST, and an example of it. */
  form: string;
  example: string;
  /** What REST says; null if it is not of the form. */
  parse(rest: string): CurveFigure | null;
}

export interface CurveFigure {
  /** The curve's name: `test.top1`. */
  curve: string;
  /** Of its points, ascending in the step; null without points. */
  of(points: readonly (readonly [step: number, value: number])[]): Figure | null;
}

/** An identity that gives the types. A file in src/stats/curve-metrics/ exports one of these as `default`. */
export const defineCurveMetric = (metric: CurveMetric): CurveMetric => metric;
