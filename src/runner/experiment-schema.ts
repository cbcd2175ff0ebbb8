/** What a file in experiments/ must say, field by field, so that a mistake is one line that names file and field. */
import * as v from 'valibot';
import { UserError } from '../core/errors.ts';
import { type Experiment, TIERS } from '../core/experiment.ts';

const positive = v.pipe(v.number(), v.integer(), v.minValue(1));
const fraction = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const name = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]*$/, 'expected lower-case letters, digits and dashes'));
const text = v.pipe(v.string(), v.nonEmpty('expected a sentence, got an empty text'));
const finite = v.pipe(v.number(), v.finite());
const countOrAll = v.union([positive, v.literal('all')], 'expected a whole number of at least 1, or "all"');

const schedule = v.variant('kind', [
  v.strictObject({ kind: v.literal('constant') }),
  v.strictObject({ kind: v.literal('step'), at: v.array(fraction), factor: finite }),
  v.strictObject({ kind: v.literal('cosine') }),
]);

const optimiser = v.strictObject({
  kind: v.literal('sgd'),
  rate: v.pipe(finite, v.gtValue(0)),
  momentum: v.pipe(finite, v.minValue(0), v.ltValue(1)),
  nesterov: v.boolean(),
  weightDecay: v.pipe(finite, v.minValue(0)),
  warmupSteps: v.pipe(v.number(), v.integer(), v.minValue(0)),
  schedule,
});

const config = v.strictObject({
  net: name,
  options: v.record(v.string(), v.any()),
  dataset: name,
  trainImages: countOrAll,
  steps: positive,
  batch: positive,
  precision: v.picklist(['float32', 'bfloat16']),
  optimiser,
  evaluate: v.strictObject({ every: positive, images: countOrAll }),
  lastSteps: positive,
});

/** Patches are checked for form here, and for content once they are merged. */
const patch = v.record(v.string(), v.any());

const tier = v.strictObject({ seeds: positive, decides: v.boolean(), about: text, config: v.optional(patch) });

const claim = v.strictObject({
  id: name,
  kind: v.picklist(['superiority', 'interaction', 'equivalence']),
  statement: text,
  metric: text,
  unit: text,
  contrast: v.record(v.string(), finite),
  margin: v.pipe(finite, v.minValue(0, 'expected a margin of at least 0')),
  published: text,
});

const experiment = v.strictObject({
  id: name,
  title: text,
  question: text,
  source: text,
  base: config,
  factors: v.record(name, v.record(name, patch)),
  tiers: v.record(v.picklist(TIERS), tier),
  claims: v.pipe(v.array(claim), v.minLength(1, 'expected at least one claim')),
  limits: v.array(text),
  history: v.array(text),
});

/** `file` is named in the message. */
export function parseExperiment(value: unknown, file: string): Experiment {
  return parse(experiment, value, file) as Experiment;
}

/** Checks a merged configuration: where it came from is named in the message. */
export function checkConfig(value: unknown, where: string): void {
  parse(config, value, where);
}

function parse(schema: v.GenericSchema, value: unknown, where: string): unknown {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue) ?? '(the default export)';
  throw new UserError(`${where}: field ${path}: ${sentence(issue)}.`);
}

function sentence(issue: v.BaseIssue<unknown>): string {
  if (issue.received === 'undefined') return 'missing';
  if (issue.expected === 'never') return 'unknown field';
  return issue.message.replace(/^Invalid \w+: Expected/, 'expected').replace(/ but received /, ', got ');
}
