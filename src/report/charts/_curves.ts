/** Curves of one metric by step: for each arm the mean of its seeds, the band between their extremes, and each seed. */
import type { TopLevelSpec } from 'vega-lite';
import type { Curve, ExperimentResults } from '../../core/results.ts';
import { mean } from '../../stats/index.ts';
import type { Drawing, Row } from '../chart.ts';
import { armEncoding, armLooks } from './_arms.ts';

/** A page holds bucketed data: more points than this are not to be told apart. */
const BUCKETS = 120;
const TABLE_ROWS = 8;

export interface CurvesOptions {
  metric: string;
  axis: string;
  /** Printed values are the metric's own times this. */
  scale?: number;
}

export function drawCurves(results: ExperimentResults, { metric, axis, scale = 1 }: CurvesOptions): Drawing | null {
  const curves = results.curves.filter(curve => curve.metric === metric).map(curve => bucketed(curve, scale));
  if (curves.length === 0) return null;
  const looks = armLooks(results);
  const bands = looks.flatMap(look => bandOf(look.arm, curves).map(row => ({ ...look, ...row })));
  const seeds = curves.flatMap(({ arm, seed, points }) => {
    const look = looks.find(one => one.arm === arm);
    return points.map(([step, value]) => ({ ...look, arm, seed, step, value }));
  });
  return { spec: specOf(results, axis, bands, seeds), rows: tableOf(results, bands) };
}

/** Means over equal spans of steps, each at its last step. Few points are left as they are. */
function bucketed(curve: Curve, scale: number): Curve {
  const size = Math.ceil(curve.points.length / BUCKETS);
  const points = Array.from({ length: Math.ceil(curve.points.length / size) }, (_, i) => {
    const bucket = curve.points.slice(i * size, (i + 1) * size);
    return [(bucket.at(-1) as readonly [number, number])[0], scale * mean(bucket.map(point => point[1]))] as const;
  });
  return { ...curve, points };
}

function bandOf(arm: string, curves: readonly Curve[]): { step: number; mean: number; low: number; high: number }[] {
  const byStep = new Map<number, number[]>();
  for (const curve of curves.filter(one => one.arm === arm)) {
    for (const [step, value] of curve.points)
      if (Number.isFinite(value)) byStep.set(step, [...(byStep.get(step) ?? []), value]);
  }
  return [...byStep].map(([step, values]) => ({
    step,
    mean: mean(values),
    low: Math.min(...values),
    high: Math.max(...values),
  }));
}

function specOf(
  results: ExperimentResults,
  axis: string,
  bands: readonly object[],
  seeds: readonly object[],
): TopLevelSpec {
  const encoding = armEncoding(results);
  const x = {
    field: 'step',
    type: 'quantitative',
    title: 'step',
    axis: { grid: false, tickMinStep: 1, format: 'd', labelFlush: false },
  } as const;
  const y = { type: 'quantitative', title: axis, scale: { zero: false } } as const;
  const tooltip = [
    { field: 'arm' },
    { field: 'step' },
    { field: 'mean', format: '.3f' },
    { field: 'low', format: '.3f' },
    { field: 'high', format: '.3f' },
  ] as const;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: 'container',
    height: 280,
    autosize: { type: 'fit-x', contains: 'padding' },
    params: [{ name: 'seeds', value: false, bind: { input: 'checkbox', name: 'single seeds ' } }],
    layer: [
      {
        data: { values: bands as never },
        mark: { type: 'area', opacity: 0.16 },
        encoding: {
          x,
          y: { ...y, field: 'low' },
          y2: { field: 'high' },
          color: encoding.color,
          detail: { field: 'arm' },
        },
      },
      {
        data: { values: seeds as never },
        mark: { type: 'line', strokeWidth: 0.8 },
        encoding: {
          x,
          y: { ...y, field: 'value' },
          ...encoding,
          detail: [{ field: 'seed' }, { field: 'arm' }],
          opacity: { condition: { test: 'seeds', value: 0.7 }, value: 0 },
        },
      },
      {
        data: { values: bands as never },
        mark: { type: 'line', strokeWidth: 2 },
        encoding: { x, y: { ...y, field: 'mean' }, ...encoding, tooltip: [...tooltip] },
      },
    ],
  };
}

/** Some steps of the means, one column an arm. */
function tableOf({ arms }: ExperimentResults, bands: readonly { arm: string; step: number; mean: number }[]): Row[] {
  const steps = [...new Set(bands.map(row => row.step))].sort((a, b) => a - b);
  const every = Math.max(1, Math.ceil(steps.length / TABLE_ROWS));
  const shown = steps.filter((_, i) => (steps.length - 1 - i) % every === 0);
  return shown.map(step => {
    const value = (arm: string): number | null => bands.find(row => row.arm === arm && row.step === step)?.mean ?? null;
    return { step, ...Object.fromEntries(arms.map(arm => [arm, value(arm)])) };
  });
}
