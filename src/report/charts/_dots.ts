/** The marks of a dot plot, the same in every chart that has one: rings for seeds, a bar for their mean, a line for its interval. */
import type { Json } from '../../core/ids.ts';
import type { Spec } from './_chart.ts';
import { IS_MEAN, MEANS, SEEDS } from './_seeds.ts';

const OFFSET_PX = 7;

/** Rows hold `seed`, `value` and, for the mean, `low` and `high`. Both lie around the middle of their band of y. */
export function dotLayers(x: Spec, tooltip: Json[], shiftPx = 0): Spec[] {
  return [
    {
      transform: [{ filter: `${IS_MEAN} && datum.low !== null` }],
      mark: { type: 'rule', strokeWidth: 2, yOffset: shiftPx + OFFSET_PX },
      encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' } },
    },
    {
      transform: MEANS,
      mark: { type: 'tick', thickness: 3, size: 16, opacity: 1, yOffset: shiftPx + OFFSET_PX },
      encoding: { x, tooltip },
    },
    {
      transform: SEEDS,
      mark: { type: 'point', size: 44, strokeWidth: 1.5, opacity: 0.85, yOffset: shiftPx - OFFSET_PX },
      encoding: { x, tooltip },
    },
  ];
}
