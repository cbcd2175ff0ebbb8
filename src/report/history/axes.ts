/** The two axes of a scatter, as Vega-Lite's channels and as shares of the plot. */
import type { Spec } from '../charts/_chart.ts';
import { LEVEL_TITLE } from '../charts/_looks.ts';

export interface Axis {
  title: string;
  domain: readonly [number, number];
  log: boolean;
  values: readonly number[];
  labelExpr?: string;
}

export const xChannel = ({ x }: { x: Axis }): Spec => channel('x', x, {});
export const yChannel = ({ y }: { y: Axis }): Spec => channel('error', y, { grid: true, ...LEVEL_TITLE });

function channel(field: string, { title, domain, log, values, labelExpr }: Axis, axis: Spec): Spec {
  return {
    field,
    type: 'quantitative',
    scale: { type: log ? 'log' : 'linear', domain: [...domain], nice: false, ...(!log && { zero: false }) },
    axis: {
      title,
      values: [...values],
      tickCount: values.length,
      labelOverlap: false,
      ...axis,
      ...(labelExpr !== undefined && { labelExpr }),
    },
  };
}

/** Where on its axis a value stands: 0 at the low end, 1 at the high one. */
export function shareOf(value: number, { domain: [low, high], log }: Axis): number {
  const scale = log ? Math.log : (one: number): number => one;
  return (scale(value) - scale(low)) / (scale(high) - scale(low));
}
