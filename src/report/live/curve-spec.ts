import { armChannels } from '../charts/_channels.ts';
import type { Column, Spec } from '../charts/_chart.ts';
import { labelLayer } from '../charts/_labels.ts';
import { LOG_UP, LOG_UP_LABEL, nameUp, raised } from '../charts/_log-up.ts';
import { LEVEL_TITLE } from '../charts/_looks.ts';
import type { Designed } from '../design.ts';
import { type Metric, titleInUnit } from '../metrics.ts';
import { type CurveSignals, heightFor } from './curve-rows.ts';
import { shortened } from './shortened.ts';

const BAND_OPACITY = 0.16;
const MOST_TITLE_CHARACTERS = 40;

export interface CurveSpecParts {
  metric: Metric;
  runs: Designed;
  labels: Spec[];
  signals: CurveSignals;
  /** One curve: with the band from its least to its greatest values. */
  alone: boolean;
}

/** Vega-Lite. Its limits are signals and its names data of their own, so that all can be exchanged while it stands. */
export function curveSpec({ metric, runs, labels, signals, alone }: CurveSpecParts): Spec {
  const { color, strokeDash } = armChannels(runs);
  const title = titleInUnit({ ...metric, title: shortened(metric.title, MOST_TITLE_CHARACTERS) });
  const scale = limits('logUp ? lowLog : low', 'logUp ? highLog : high');
  const y = { type: 'quantitative', title, scale, axis: { ...LEVEL_TITLE, labelExpr: LOG_UP_LABEL } };
  const x = { type: 'quantitative', title: 'training step', scale: limits('first', 'last'), axis: { format: ',.6~r' } };
  return {
    height: heightFor(runs.arms.length),
    padding: { left: 2, top: 4, bottom: 2, right: alone ? 12 : 2 },
    params: [
      numberInput('first', 'Steps', signals.first),
      numberInput('last', 'to', signals.last),
      LOG_UP,
      ...(['low', 'high', 'lowLog', 'highLog', 'dots'] as const).map(name => ({ name, value: signals[name] })),
    ],
    transform: ['value', 'low', 'high'].map(field => raised(field, `${field}Up`)),
    encoding: { x: { ...x, field: 'step' }, y: { ...y, field: 'valueUp' }, color },
    layer: [
      ...(alone ? [bandLayer(y)] : []),
      { ...LINE, encoding: { strokeDash, detail: { field: 'seed' } } },
      pointLayer(title),
      // Vega warns of a layer that has nothing to place.
      ...(labels.length > 0 ? [namesLayer(labels, color)] : []),
    ],
  };
}

const limits = (least: string, greatest: string): Spec => ({
  nice: false,
  zero: false,
  domainMin: { expr: least },
  domainMax: { expr: greatest },
});

const numberInput = (name: string, label: string, value: number): Spec => ({
  name,
  value,
  bind: { input: 'number', name: `${label} ` },
});

/** Dragging across marks the steps that are asked for next. */
const LINE: Spec = {
  params: [{ name: 'dragged', select: { type: 'interval', encodings: ['x'] } }],
  mark: { type: 'line', clip: true, strokeWidth: 1.5 },
};

const bandLayer = (y: Spec): Spec => ({
  mark: { type: 'area', opacity: BAND_OPACITY, line: false, clip: true },
  encoding: { y: { ...y, field: 'lowUp' }, y2: { field: 'highUp' } },
});

/** What the pointer finds; seen only where points are few. */
function pointLayer(title: string): Spec {
  const tooltip = [
    { field: 'arm', title: 'arm' },
    { field: 'seed', title: 'seed' },
    ...[
      { field: 'from', title: 'from step' },
      { field: 'step', title: 'to step' },
      { field: 'points', title: 'points' },
    ].map(count => ({ ...count, type: 'quantitative', format: ',d' })),
    ...[
      { field: 'value', title },
      { field: 'low', title: 'least' },
      { field: 'high', title: 'greatest' },
    ].map(value => ({ ...value, type: 'quantitative', format: '.5~g' })),
  ];
  return {
    mark: { type: 'circle', clip: { expr: '!dots' }, size: { expr: 'dots ? 28 : 110' }, opacity: { expr: 'dots' } },
    encoding: { tooltip },
  };
}

const namesLayer = (labels: Spec[], color: Spec): Spec => ({
  ...labelLayer(labels, 'step', { color }),
  data: { name: 'labels', values: labels },
  transform: [nameUp('valueUp')],
});

export function curveColumns({ unit }: Metric): Column[] {
  const digits = unit === '%' ? 2 : 4;
  return [
    { key: 'arm', title: 'Arm' },
    { key: 'seed', title: 'Seed' },
    { key: 'from', title: 'From step', digits: 0 },
    { key: 'step', title: 'To step', digits: 0 },
    { key: 'points', title: 'Points', digits: 0 },
    { key: 'value', title: unit === '' ? 'Mean' : `Mean, ${unit}`, digits },
    { key: 'low', title: 'Least', digits },
    { key: 'high', title: 'Greatest', digits },
  ];
}
