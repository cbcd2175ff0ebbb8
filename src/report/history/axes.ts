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

/** What nets are counted by: in the unit of its title after the factor `scale`. */
export const COUNTS = {
  depth: { title: 'Layers with weights', name: 'depth', scale: 1 },
  parameters: { title: 'Parameters, 10⁶', name: 'parameters', scale: 1e-6 },
  macs: { title: 'Multiply-accumulates of one image, 10⁹', name: 'multiply-accumulates', scale: 1e-9 },
} as const;

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
