import type { Json } from '../../core/ids.ts';
import { type Designed, designOf } from '../design.ts';
import type { Spec } from './_chart.ts';

export type Domain = [low: number, high: number];

/** Colour, dashes and shape of the arms, the same in every chart. Labels stand at the marks, so there is no legend. */
export function armChannels(results: Designed): { color: Spec; strokeDash: Spec; shape: Spec } {
  const { arms } = designOf(results);
  const domain = arms.map(({ arm }) => arm);
  const channel = (range: Json[]): Spec => ({ field: 'arm', type: 'nominal', legend: null, scale: { domain, range } });
  return {
    color: channel(arms.map(arm => arm.colour)),
    strokeDash: channel(arms.map(arm => [...arm.dash])),
    shape: channel(arms.map(arm => arm.shape)),
  };
}

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
