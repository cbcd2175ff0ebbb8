/** Axes of a curve chart that its reader may change: what a step is worth across, and logarithms on both. */
import type { Json } from '../../core/ids.ts';
import { type ReportResults, type StepWorth, stepWorth } from '../costs.ts';
import type { Row, Spec } from './_chart.ts';
import { LOG_UP, LOG_UP_LABEL, raised } from './_log-up.ts';
import type { Domain } from './_scales.ts';

/** Axes on which a step is worth the same throughout a run. */
type EvenAxis = 'step' | keyof StepWorth;
/** The seconds of each row stand in it. */
type AxisName = EvenAxis | 'seconds';
type ArmWorth = Record<EvenAxis, number | null> & { worthOf: string };

const TITLES: Record<AxisName, string> = {
  step: 'training step',
  epoch: 'epochs',
  seconds: 'seconds since the run began, without pauses',
  images: 'training images',
  flops: 'FLOPs of training: 6 × multiply-adds × images',
};
/** As the choice names them. */
const LABELS: Record<AxisName, string> = {
  step: 'step',
  epoch: 'epoch',
  seconds: 'time',
  images: 'images',
  flops: 'FLOPs',
};
const LEAST_LOG = 1e-6;

export interface CurveAxes {
  params: Json[];
  /** Adds `across` and `up` to rows that have `arm`, `step` and the named fields: where they are drawn. */
  transform(fields: Record<string, string>): Json[];
  x: Spec;
  yScale: Spec;
  /** Of the decimal logarithms upwards. */
  logDomain: Domain;
  yAxis: Spec;
  title: Spec;
}

/** Axes that are known for every arm; by step always. */
export function curveAxes(results: ReportResults, rows: readonly Row[], yDomain: Domain): CurveAxes {
  const worths = results.arms.map((arm): ArmWorth => ({ worthOf: arm, step: 1, ...stepWorth(results, arm) }));
  const names = (Object.keys(TITLES) as AxisName[]).filter(name =>
    name === 'seconds' ? areTimed(rows) : worths.every(worth => worth[name] !== null),
  );
  const logDomain = logDomainOf(rows, yDomain[1]);
  return {
    params: params(names),
    transform: fields => transform(worths, names, fields),
    x: xChannel(rangesOf(worths, names, rows)),
    yScale: { nice: false, zero: false, ...yLimits(yDomain, logDomain) },
    logDomain,
    yAxis: { labelExpr: LOG_UP_LABEL },
    title: xTitle(names),
  };
}

/** Where a run's points were all written at once, their times say nothing. */
const areTimed = (rows: readonly Row[]): boolean =>
  rows.every(row => typeof row.seconds === 'number') && rows.some(row => Number(row.seconds) > 0);

function params(names: readonly AxisName[]): Json[] {
  const choice = { input: 'select', options: [...names], labels: names.map(name => LABELS[name]), name: 'By ' };
  return [
    { name: 'by', value: 'step', ...(names.length > 1 && { bind: choice }) },
    { name: 'logAcross', value: false, bind: { input: 'checkbox', name: 'Log across ' } },
    LOG_UP,
  ];
}

function transform(worths: readonly ArmWorth[], names: readonly AxisName[], fields: Record<string, string>): Json[] {
  const even = names.filter(name => name !== 'seconds');
  return [
    {
      lookup: 'arm',
      from: { data: { values: worths.map(worth => only(worth, even)) }, key: 'worthOf', fields: even.map(fieldOf) },
    },
    { calculate: "by === 'seconds' ? datum.seconds : datum.step * datum['of_' + by]", as: 'distance' },
    { filter: '!logAcross || datum.distance > 0' },
    { calculate: 'logAcross ? log(datum.distance) / LN10 : datum.distance', as: 'across' },
    ...Object.entries(fields).map(([as, field]) => raised(field, as)),
  ];
}

const only = (worth: ArmWorth, names: readonly EvenAxis[]): Record<string, Json> =>
  Object.fromEntries([['worthOf', worth.worthOf], ...names.map(name => [fieldOf(name), worth[name]])]);

/** Rows have a field `step` of their own. */
const fieldOf = (name: EvenAxis): string => `of_${name}`;

interface Ranges {
  least: Record<string, number>;
  greatest: Record<string, number>;
}

function rangesOf(worths: readonly ArmWorth[], names: readonly AxisName[], rows: readonly Row[]): Ranges {
  const ranges: Ranges = { least: {}, greatest: {} };
  for (const name of names) {
    const places = rows.map(placeOf(name, worths)).filter(place => place > 0);
    ranges.least[name] = places.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    ranges.greatest[name] = places.reduce((a, b) => Math.max(a, b), 0);
  }
  return ranges;
}

function placeOf(name: AxisName, worths: readonly ArmWorth[]): (row: Row) => number {
  if (name === 'seconds') return row => Number(row.seconds);
  const worthOf = new Map(worths.map(worth => [worth.worthOf, worth[name]]));
  return row => Number(row.step) * (worthOf.get(String(row.arm)) ?? 1);
}

function xChannel({ least, greatest }: Ranges): Spec {
  const of = (table: Record<string, number>): string => `${JSON.stringify(table)}[by]`;
  return {
    field: 'across',
    type: 'quantitative',
    scale: {
      nice: false,
      zero: false,
      domainMin: { expr: `logAcross ? log(${of(least)}) / LN10 : 0` },
      domainMax: { expr: `logAcross ? log(${of(greatest)}) / LN10 : ${of(greatest)}` },
    },
    axis: {
      title: null,
      labelExpr: `logAcross ? format(pow(10, datum.value), '.2~s') : abs(datum.value) >= 1e6 ? format(datum.value, '.3~s') : format(datum.value, ',.6~r')`,
    },
  };
}

function yLimits([low, high]: Domain, [lowLog, highLog]: Domain): Spec {
  return { domainMin: { expr: `logUp ? ${lowLog} : ${low}` }, domainMax: { expr: `logUp ? ${highLog} : ${high}` } };
}

function logDomainOf(rows: readonly Row[], high: number): Domain {
  const values = rows.flatMap(row => [row.value, row.low, row.high]);
  const positive = values.filter((value): value is number => typeof value === 'number' && value > 0);
  const least = Math.max(
    LEAST_LOG,
    positive.reduce((a, b) => Math.min(a, b), high),
  );
  return [Math.log10(least), Math.log10(positive.reduce((a, b) => Math.max(a, b), least * 1.01))];
}

/** An axis has one title; this one changes with the choice. */
function xTitle(names: readonly AxisName[]): Spec {
  const titles = JSON.stringify(Object.fromEntries(names.map(name => [name, TITLES[name]])));
  return {
    text: { expr: `${titles}[by] + (logAcross ? ' (log)' : '')` },
    orient: 'bottom',
    anchor: 'middle',
    offset: 10,
  };
}
