import { defineCurveMetric } from './_curve-metric.ts';
import { firstAsGood } from './_first-as-good.ts';

/** The same as `steps-to` in doublings, so that a difference of 1 is a factor of 2. */
export default defineCurveMetric({
  name: 'log2-steps-to',
  form: '<curve><=<value> or >=',
  example: 'test.top1<=0.2',
  parse: rest => firstAsGood(rest, Math.log2),
});
