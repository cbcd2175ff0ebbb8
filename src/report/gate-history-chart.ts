/** What gates found of one metric, commit after commit: a point each, and the level between changes as a line. */

import { figuresUp } from './charts/_channels.ts';
import { completeSpec, type Row, type Spec } from './charts/_chart.ts';
import { colour } from './charts/_looks.ts';
import { niceDomain } from './charts/_scales.ts';
import { HUES } from './palette.ts';

const HEIGHT_PX = 260;
const SHAPES = { pass: 'circle', fail: 'cross', inconclusive: 'triangle-up' } as const;

export interface HistoryPoint {
  arm: string;
  /** Short, and different for each point of an arm. */
  commit: string;
  value: number;
  /** Mean of the segment between two changes that it belongs to. */
  level: number;
  outcome: string;
  decidedAt: string;
}

/** Points in their order; of one experiment, so that arms share the axis. */
export function gateHistorySpec(metric: string, points: readonly HistoryPoint[]): Spec {
  const rows = points.map((point): Row => ({ ...point }));
  const arms = [...new Set(points.map(({ arm }) => arm))];
  const x = {
    field: 'commit',
    type: 'ordinal',
    title: 'Commit',
    sort: null,
    axis: { labelAngle: -40, labelOverlap: 'greedy' },
  };
  const domain = niceDomain(points.map(({ value }) => value));
  const y = (field: string): Spec => figuresUp(field, metric, domain);
  const legend = { orient: 'bottom', title: null };
  return completeSpec(rows, describe(metric, points, arms), {
    height: HEIGHT_PX,
    padding: { left: 2, top: 24, bottom: 2, right: 14 },
    encoding: { x, color: { field: 'arm', type: 'nominal', legend, scale: { domain: arms, range: [...HUES] } } },
    layer: [
      { mark: { type: 'line', interpolate: 'step', opacity: 0.55 }, encoding: { y: y('level') } },
      {
        mark: { type: 'point', size: 55, strokeWidth: 1.75, opacity: 1 },
        encoding: {
          y: y('value'),
          shape: {
            field: 'outcome',
            type: 'nominal',
            legend: { ...legend, symbolStrokeColor: colour('muted') },
            scale: { domain: Object.keys(SHAPES), range: Object.values(SHAPES) },
          },
          tooltip: ['arm', 'commit', 'value', 'level', 'outcome', 'decidedAt'].map(field => ({ field })),
        },
      },
    ],
  });
}

function describe(metric: string, points: readonly HistoryPoint[], arms: readonly string[]): string {
  const levels = arms.map(arm => {
    const seen = points.filter(point => point.arm === arm).map(({ level }) => level);
    const steps = seen.filter((level, i) => level !== seen[i - 1]).map(level => String(Number(level.toPrecision(4))));
    return `${arm} ${steps.join(' → ')}`;
  });
  return `${metric} at ${new Set(points.map(({ commit }) => commit)).size} commits. Levels: ${levels.join('; ')}.`;
}
