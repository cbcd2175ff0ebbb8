import type { Json } from '../../core/ids.ts';
import type { ReportResults } from '../costs.ts';
import { CHART_CONFIG } from './_looks.ts';

/** Where in the page a chart stands, from its top to its end. */
export const PLACES = ['claims', 'arms', 'curves', 'cost', 'noise', 'test-set'] as const;
export type ChartPlace = (typeof PLACES)[number];

export type Row = Record<string, string | number | null>;

export interface Column {
  key: string;
  title: string;
  /** Digits behind the point; a column of text without. */
  digits?: number;
}

export type Spec = { [key: string]: Json };

/** One file in src/report/charts/ exports one of these as `default`. */
export interface ChartDefinition {
  name: string;
  title: string;
  place: ChartPlace;
  /** Charts of one place stand in this order. */
  order: number;
  /** Tidy rows: what is drawn, what the CSV holds, what the table under the chart shows. None: no chart. */
  rows(results: ReportResults): Row[];
  columns(results: ReportResults): Column[];
  /** Which of the rows the table shows, where all would be too many. */
  tableRows?(rows: Row[]): Row[];
  /** What the marks mean, in sentences. */
  about(results: ReportResults): string;
  /** The picture in words for who does not see it. */
  describe(rows: Row[], results: ReportResults): string;
  /** Vega-Lite; complete in itself but for its data, size and looks, which `chartSpec` adds. */
  spec(rows: Row[], results: ReportResults): Spec;
}

/** An identity that gives the types. */
export const defineChart = (definition: ChartDefinition): ChartDefinition => definition;

export const rowsIn = (spec: Spec): Row[] => (spec.data as unknown as { values: Row[] }).values;

/** The whole specification, which any Vega-Lite can draw; null where there is nothing to draw. */
export function chartSpec(chart: ChartDefinition, results: ReportResults): Spec | null {
  const rows = chart.rows(results);
  if (rows.length === 0) return null;
  return completeSpec(rows, chart.describe(rows, results), chart.spec(rows, results));
}

/** With data, size and looks. */
export function completeSpec(rows: Row[], description: string, spec: Spec): Spec {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description,
    width: 'container',
    autosize: { type: 'fit-x', contains: 'padding' },
    data: { values: rows },
    ...spec,
    config: CHART_CONFIG,
  };
}
