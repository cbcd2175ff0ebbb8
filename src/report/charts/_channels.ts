/** The encodings that several charts share. */
import type { Json } from '../../core/ids.ts';
import { type Designed, designOf } from '../design.ts';
import { HUES } from '../palette.ts';
import type { Spec } from './_chart.ts';
import { colour, LEVEL_TITLE } from './_looks.ts';
import { type Domain, MARK_ROOM } from './_scales.ts';

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

/** The levels of the factor within, side by side, and the groups' colours. */
export function levelChannels(results: Designed, padding: number): { x: Spec; color: Spec } {
  const { within, levels, groups } = designOf(results);
  const range = groups.map((_, i) => HUES[i % HUES.length] as string);
  const scale = { type: 'point', domain: [...levels], padding };
  return {
    x: { field: 'level', type: 'nominal', title: within || null, scale, axis: { labelAngle: 0 } },
    color: { field: 'group', type: 'nominal', legend: null, scale: { domain: [...groups], range } },
  };
}

/** A row an arm. */
export const armsDown = (arms: readonly string[]): Spec => ({
  field: 'arm',
  type: 'nominal',
  title: null,
  scale: { domain: [...arms] },
  axis: { labelColor: colour('ink'), labelLimit: 160 },
});

export const figuresAcross = (field: string, title: string, domain: Domain): Spec => ({
  field,
  type: 'quantitative',
  title,
  scale: { domain, ...MARK_ROOM },
  axis: { grid: true },
});

export const figuresUp = (field: string, title: string, domain: Domain): Spec => ({
  field,
  type: 'quantitative',
  title,
  scale: { domain, nice: false },
  axis: LEVEL_TITLE,
});
