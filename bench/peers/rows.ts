import type { Precision } from '../../src/core/cell-config.ts';
import { median } from '../../src/stats/index.ts';
import type { Layout, Measurement } from './measure.ts';

/** One line of results.json. Without runs it has no number but a reason. */
export interface ResultRow {
  net: string;
  precision: Precision;
  engine: string;
  variant: string;
  threads: number;
  processes: number;
  /** Median over the rounds, of all processes together. */
  imagesPerSecond: number | null;
  min: number | null;
  max: number | null;
  runs: number;
  /** Images per second of each round, in their order. */
  raw: number[];
  /** Of the last round. */
  lossFirst: number | null;
  lossLast: number | null;
  /** Most resident memory of one process, over the rounds. */
  peakMegabytes: number | null;
  /** Why there is no number, or what to know about it. */
  note?: string;
}

export type RowKey = Pick<ResultRow, 'net' | 'precision' | 'engine' | 'variant'>;

export function resultRow(
  key: RowKey,
  layout: Layout,
  measurements: readonly Measurement[],
  notes: readonly string[],
): ResultRow {
  const raw = measurements.map(({ imagesPerSecond }) => imagesPerSecond);
  const last = measurements.at(-1)?.reports[0];
  const measured = raw.length > 0;
  const note = [...new Set([...notes, ...(last?.notes ?? [])])].join('; ');
  return {
    ...key,
    ...layout,
    imagesPerSecond: measured ? median(raw) : null,
    min: measured ? Math.min(...raw) : null,
    max: measured ? Math.max(...raw) : null,
    runs: raw.length,
    raw,
    lossFirst: last?.lossFirst ?? null,
    lossLast: last?.lossLast ?? null,
    peakMegabytes: measured ? peakOf(measurements) : null,
    ...(note && { note }),
  };
}

const peakOf = (measurements: readonly Measurement[]): number =>
  Math.round(Math.max(...measurements.flatMap(({ reports }) => reports.map(({ peakMegabytes }) => peakMegabytes))));
