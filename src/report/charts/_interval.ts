/** An interval in the rows and the table of a chart. */
import type { Column } from './_chart.ts';

/** Null for both without one. */
export const endsOf = (interval: readonly [low: number, high: number] | null | undefined) => ({
  low: interval?.[0] ?? null,
  high: interval?.[1] ?? null,
});

export const intervalColumns = (digits: number): Column[] => [
  { key: 'low', title: '95 % interval from', digits },
  { key: 'high', title: 'to', digits },
];
