/** What schemas of things that users write have in common: kinds of values, and how a mistake is told. */
import * as v from 'valibot';
import { UserError } from '../core/errors.ts';

export const count = v.pipe(v.number(), v.integer(), v.minValue(1));
export const countFromZero = v.pipe(v.number(), v.integer(), v.minValue(0));
export const finite = v.pipe(v.number(), v.finite());
export const positive = v.pipe(finite, v.gtValue(0));
export const notNegative = v.pipe(finite, v.minValue(0));
export const name = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9-]*$/, 'expected lower-case letters, digits and dashes'),
);
export const text = v.pipe(v.string(), v.nonEmpty('expected a sentence, got an empty text'));

/** What the schema makes of it. A mistake is one line, which begins with `where` and names the field. */
export function parse(schema: v.GenericSchema, value: unknown, where: string): unknown {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue) ?? '(the default export)';
  throw new UserError(`${where}: field ${path}: ${sentence(issue)}.`);
}

/** Of what is wrong with a field. */
function sentence(issue: v.BaseIssue<unknown>): string {
  if (issue.received === 'undefined') return 'missing';
  if (issue.expected === 'never') return 'unknown field';
  return issue.message.replace(/^Invalid \w+: Expected/, 'expected').replace(/ but received /, ', got ');
}
