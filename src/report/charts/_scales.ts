import type { Spec } from './_chart.ts';

export type Domain = [low: number, high: number];

/** Room for a mark whose middle lies on the edge of the domain. */
export const MARK_ROOM: Spec = { nice: false, padding: 9 };

/** The smallest domain of round numbers that holds all values; values that are not finite do not count. */
export function niceDomain(values: readonly (string | number | null | undefined)[]): Domain {
  const finite = values.filter(value => typeof value === 'number' && Number.isFinite(value)) as number[];
  if (finite.length === 0) return [0, 1];
  const low = Math.min(...finite);
  const high = Math.max(...finite);
  const spread = high - low || Math.abs(high) || 1;
  const unit = 10 ** Math.floor(Math.log10(spread)) / 5;
  const round = (value: number): number => Number(value.toPrecision(12));
  return [round(Math.floor(low / unit) * unit), round(Math.ceil(high / unit) * unit)];
}
