/** One arm among many, which the reader chooses: the others fade. */
import type { Json } from '../../core/ids.ts';
import type { ReportResults } from '../costs.ts';
import type { Spec } from './_chart.ts';

/** Of more arms, lines can be followed one at a time, and bands would hide each other. */
const MOST_TOGETHER = 8;
const FADED = 0.15;
/** Of a row that names an `arm`. */
export const IS_LIT = "highlight === '' || datum.arm === highlight";

type Arms = Pick<ReportResults, 'arms'>;

export const areMany = ({ arms }: Arms): boolean => arms.length > MOST_TOGETHER;

/** The choice, where there are many arms. */
export function highlightParams(results: Arms): Json[] {
  const { arms } = results;
  const choice = { input: 'select', options: ['', ...arms], labels: ['all arms', ...arms], name: 'Highlight ' };
  return areMany(results) ? [{ name: 'highlight', value: '', bind: choice }] : [];
}

/** The channel of marks whose rows name an `arm`; `opacity` is that of an arm that does not fade. */
export function fading(results: Arms, opacity = 1): Spec {
  return areMany(results) ? { opacity: { condition: { test: IS_LIT, value: opacity }, value: opacity * FADED } } : {};
}
