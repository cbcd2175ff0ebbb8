/** A check in words, to the digits that its numbers deserve. */
import { digitsFor, formatNumber } from '../stats/index.ts';
import type { Check } from './check.ts';

/** A figure of the check, in its metric's unit; empty without one. */
export function numberText(check: Check, value: number | null): string {
  if (value === null) return '';
  return Number.isInteger(value) ? String(value) : formatNumber(value, digitsOf(check));
}

/** "0.004 to 0.020"; empty without an interval. */
export const intervalText = (check: Check): string =>
  (check.interval ?? []).map(bound => numberText(check, bound)).join(' to ');

/** Why there is no pass or fail, and what would bring one; empty for a pass or a fail. */
export const noteOf = ({ because, seedsNeeded }: Check): string =>
  [because, seedsNeeded && `about ${seedsNeeded} seeds would decide it`].filter(Boolean).join('; ');

/** In one line. */
export function checkSentence(check: Check): string {
  const said = [effectText(check), noteOf(check)].filter(text => text !== '');
  return `${check.metric} of ${check.arm}: ${said.join('; ') || 'equal'}`;
}

/** "worse by 0.012 (0.004 to 0.020), margin 0.010"; empty without numbers. */
function effectText(check: Check): string {
  const { worsening, margin, baseline, present } = check;
  if (baseline === null || present === null) return '';
  if (worsening === null) return `${baseline} → ${present}`;
  const range = check.interval ? ` (${intervalText(check)})` : '';
  return `worse by ${numberText(check, worsening)}${range}, margin ${numberText(check, margin)}`;
}

const digitsOf = ({ interval, margin }: Check): number =>
  digitsFor((interval && interval[1] - interval[0]) || (margin ?? 0));
