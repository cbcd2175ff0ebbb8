import type { CurveFigure } from './_curve-metric.ts';

/** `test.top1<=0.2`: the first step at which that is so, scaled; else above the last one. */
export function firstAsGood(rest: string, scaled: (step: number) => number): CurveFigure | null {
  const [, curve, comparison, text] = /^(.+?)(<=|>=)(-?[0-9.]+(?:e-?\d+)?)$/i.exec(rest) ?? [];
  const value = Number(text);
  if (curve === undefined || !Number.isFinite(value)) return null;
  const isAsGood = (seen: number): boolean => (comparison === '<=' ? seen <= value : seen >= value);
  return {
    curve,
    of(points) {
      const reached = points.find(([, seen]) => isAsGood(seen));
      if (reached) return scaled(reached[0]);
      const last = points.at(-1);
      return last ? { above: scaled(last[0]) } : null;
    },
  };
}
