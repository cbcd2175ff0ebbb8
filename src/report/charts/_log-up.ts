/** Logarithms upwards, where the reader of a curve chart wants them: the signal `logUp` says so. */
import type { Json } from '../../core/ids.ts';
import type { Spec } from './_chart.ts';

export const LOG_UP: Json = { name: 'logUp', value: false, bind: { input: 'checkbox', name: 'Log upwards ' } };

export const LOG_UP_LABEL = "logUp ? format(pow(10, datum.value), '.2~r') : datum.label";

/** Where a field is drawn. A logarithm has no place for 0 and less: such points are left out. */
export const raised = (field: string, as: string): Spec => ({
  as,
  calculate: `!isValid(datum.${field}) || logUp && datum.${field} <= 0 ? null : logUp ? log(datum.${field}) / LN10 : datum.${field}`,
});

/** Where a name stands, of rows as `spreadForBoth` makes them. */
export const nameUp = (as: string): Spec => ({ calculate: 'logUp ? datum.yLog : datum.y', as });
