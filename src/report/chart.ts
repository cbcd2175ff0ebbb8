import type { TopLevelSpec } from 'vega-lite';
import type { ExperimentResults } from '../core/results.ts';

export type Row = Record<string, string | number | null>;

/** A chart: its rows, and the Vega-Lite specification that draws them. One file in charts/ exports one as `default`. */
export interface ChartDefinition {
  name: string;
  title: string;
  /** What is to be seen, for a caption and for those who cannot see it. */
  about: string;
  /** Lower comes first on the page. */
  order: number;
  /** Null where the results hold nothing to draw. */
  draw(results: ExperimentResults): Drawing | null;
}

export interface Drawing {
  spec: TopLevelSpec;
  /** What is drawn, in few rows: the table below the chart, and its CSV. */
  rows: readonly Row[];
}

/** An identity that gives the types. */
export const defineChart = (definition: ChartDefinition): ChartDefinition => definition;
