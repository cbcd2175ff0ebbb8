import { defineCurveMetric } from './_curve-metric.ts';
import { firstAsGood } from './_first-as-good.ts';

/** The step at which a curve first is as good as a value; censored if it never was. */
export default defineCurveMetric({
  name: 'steps-to',
  form: '<curve><=<value> or >=',
  example: 'test.top1<=0.2',
  parse: rest => firstAsGood(rest, step => step),
});
