import type { Point, RunRecord } from './run-record.ts';

/** A point of a file that may not say when it was. */
export type FoundPoint = Omit<Point, 'time'> & { time: number | null };

/** What a reader finds, in this order: a run (`key`: its name within the source) before its points and figures. */
export type Found =
  | { key: string; record: Partial<RunRecord> }
  | { key: string; points: readonly FoundPoint[] }
  | { key: string; metrics: Record<string, number> }
  /** Values that are no numbers: pictures, histograms, texts. */
  | { key: string; passedOver: number };

export type Source = AsyncIterable<Found>;

/** Points are handed on in such pieces. */
export const PAGE_POINTS = 1000;
