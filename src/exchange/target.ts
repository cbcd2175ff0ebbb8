import type { Point, RunRecord } from './run-record.ts';

/** Where runs go: one file of this folder a format. Points of a run come after it, by metric and step. */
export interface ExportTarget {
  run(record: RunRecord): void | Promise<void>;
  points(run: RunRecord, points: readonly Point[]): void | Promise<void>;
  /** All is on the disk once this is done. */
  finish(): void | Promise<void>;
}
