/** Figures of runs as they are now: final ones of finished runs, else where their curves stand. */
import { formatBytes } from '../../core/format-bytes.ts';
import type { RunSummary } from '../../core/results.ts';
import { inUnit } from '../../stats/index.ts';
import { latestValues } from '../../tracking/queries.ts';
import type { Store } from '../../tracking/store.ts';
import { metricOf } from '../metrics.ts';

/** The columns of lists. */
export const LISTED_FIGURES: readonly string[] = ['train.loss', 'test.top1'];

export function figuresNow(store: Store, run: RunSummary): Record<string, number> {
  return run.state === 'finished' ? run.metrics : { ...latestValues(store, run.id), ...run.metrics };
}

/** "0.3127 nats", "691 images/s", "546 MB". */
export function figureInUnit(name: string, value: number | undefined): string {
  if (/Bytes$/.test(name) && Number.isFinite(value)) return formatBytes(value as number);
  const { unit } = metricOf(name);
  return [figureText(name, value), unit === '%' ? '' : unit].filter(part => part !== '').join(' ');
}

/** "12.4 %", "0.3127"; what is no number as a word, and a dash for what is not known. */
export function figureText(name: string, value: number | undefined): string {
  if (value === undefined) return '–';
  if (!Number.isFinite(value)) return String(value);
  const { unit } = metricOf(name);
  const shown = inUnit(value, unit);
  return unit === '%' ? `${shown.toFixed(1)} %` : String(Number(shown.toPrecision(4))).replace('-', '−');
}
