/** Figures that are read off curves: each file of this folder is one, by its name. */
import { UserError } from '../../core/errors.ts';
import { loadFolder } from '../../core/folder.ts';
import type { CurveFigure, CurveMetric } from './_curve-metric.ts';

const entries = await loadFolder<CurveMetric>(new URL('./', import.meta.url));
const known = new Map(entries.map(({ value }) => [value.name, value]));

/** `steps-to:test.top1<=0.2`: null for any other metric; throws one line where it only looks like one. */
export function parseCurveMetric(metric: string): CurveFigure | null {
  const [, name = '', rest = ''] = /^([^:]+):(.*)$/.exec(metric) ?? [];
  const found = known.get(name);
  if (found === undefined) return null;
  const figure = found.parse(rest);
  if (figure !== null) return figure;
  const [form, example] = [found.form, found.example].map(text => `${name}:${text}`);
  throw new UserError(`metric "${metric}": expected ${form}, as in "${example}".`);
}
