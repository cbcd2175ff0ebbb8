/** What a file in experiments/ must say, field by field, so that a mistake is one line that names file and field. */
import * as v from 'valibot';
import type { UnplannedConfig } from '../core/cell-config.ts';
import { UserError } from '../core/errors.ts';
import { type CountedExperiment, type Experiment, GATE_DEFAULTS, TIERS, type Tier } from '../core/experiment.ts';
import { counts } from './counts-schema.ts';
import { input } from './input-schema.ts';
import { procedures } from './procedure-schema.ts';

const positive = v.pipe(v.number(), v.integer(), v.minValue(1));
const fraction = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const name = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]*$/, 'expected lower-case letters, digits and dashes'));
const text = v.pipe(v.string(), v.nonEmpty('expected a sentence, got an empty text'));
const finite = v.pipe(v.number(), v.finite());
const countOrAll = v.union([positive, v.literal('all')], 'expected a whole number of at least 1, or "all"');

const nonNegative = v.pipe(finite, v.minValue(0));
const belowOne = v.pipe(finite, v.minValue(0), v.ltValue(1));

const schedule = v.variant('kind', [
  v.strictObject({ kind: v.literal('constant') }),
  v.strictObject({ kind: v.literal('step'), at: v.array(fraction), factor: finite }),
  v.strictObject({ kind: v.literal('cosine') }),
  v.strictObject({ kind: v.literal('linear') }),
  v.strictObject({ kind: v.literal('epochs'), epochs: v.pipe(finite, v.gtValue(0)), factor: finite }),
]);

const anyOptimiser = {
  rate: v.pipe(finite, v.gtValue(0)),
  weightDecay: v.optional(nonNegative, 0),
  decayed: v.optional(v.picklist(['all', 'kernels']), 'all'),
  clipNorm: v.optional(v.nullable(v.pipe(finite, v.gtValue(0))), null),
  averaging: v.optional(v.nullable(belowOne), null),
  warmupSteps: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
  schedule: v.optional(schedule, { kind: 'constant' }),
};
const momentum = v.optional(belowOne, 0.9);
const epsilon = v.pipe(finite, v.gtValue(0));
/** Kingma & Ba 2015, §2. */
const adam = {
  beta1: v.optional(belowOne, 0.9),
  beta2: v.optional(belowOne, 0.999),
  epsilon: v.optional(epsilon, 1e-8),
  ...anyOptimiser,
};

const optimiser = v.variant('kind', [
  v.strictObject({ kind: v.literal('sgd'), momentum, nesterov: v.optional(v.boolean(), false), ...anyOptimiser }),
  v.strictObject({
    kind: v.literal('rmsprop'),
    // Szegedy et al. 2015, §8.
    decay: v.optional(belowOne, 0.9),
    momentum,
    epsilon: v.optional(epsilon, 1),
    ...anyOptimiser,
  }),
  v.strictObject({ kind: v.literal('adam'), ...adam }),
  v.strictObject({ kind: v.literal('adamw'), ...adam }),
]);

const loss = v.variant('kind', [
  v.strictObject({ kind: v.literal('cross-entropy'), smoothing: v.optional(belowOne, 0) }),
  v.strictObject({ kind: v.literal('perceptron') }),
]);

const match = v.strictObject({ arm: text, count: v.picklist(['parameters', 'macs']), option: text });

const start = v.strictObject({
  arm: text,
  layers: v.union(
    [v.literal('matching'), v.pipe(v.array(text), v.minLength(1))],
    'expected "matching", or names of layers',
  ),
});

const config = v.strictObject({
  net: name,
  options: v.optional(v.record(v.string(), v.any()), {}),
  match: v.optional(v.nullable(match), null),
  dataset: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]*(:.+)?$/, 'expected the name of a dataset, or KIND:FOLDER')),
  trainImages: v.optional(countOrAll, 'all'),
  input,
  start: v.optional(v.nullable(start), null),
  steps: positive,
  batch: positive,
  precision: v.optional(v.picklist(['auto', 'float32', 'bfloat16']), 'float32'),
  optimiser,
  loss: v.optional(loss, { kind: 'cross-entropy', smoothing: 0 }),
  evaluate: v.optional(
    v.strictObject({
      every: v.optional(positive, 500),
      images: v.optional(countOrAll, 2000),
      final: v.optional(countOrAll, 'all'),
      procedures,
      lesions: v.optional(v.nullable(countOrAll), null),
    }),
    {},
  ),
  lastSteps: v.optional(positive, 50),
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

const margin = v.pipe(finite, v.minValue(0, 'expected a margin of at least 0'));

const threshold = v.strictObject({
  metric: text,
  direction: v.picklist(['lower', 'higher']),
  margin: v.union(
    [
      v.strictObject({ absolute: margin }),
      v.strictObject({ relative: margin }),
      v.strictObject({ deviations: margin }),
    ],
    'expected one of absolute, relative or deviations, a number of at least 0',
  ),
  confidence: v.optional(v.pipe(finite, v.gtValue(0.5), v.ltValue(1)), GATE_DEFAULTS.confidence),
  minimumSeeds: v.optional(v.pipe(positive, v.minValue(3)), GATE_DEFAULTS.minimumSeeds),
  looks: v.optional(
    v.pipe(
      v.array(positive),
      v.minLength(1),
      v.check(looks => looks.every((n, i) => i === 0 || n > (looks[i - 1] as number)), 'expected ascending numbers'),
    ),
    [...GATE_DEFAULTS.looks],
  ),
});

/** Every experiment has it, unless it says another. */
const SMOKE: Tier = {
  seeds: 1,
  decides: false,
  about: 'a few steps of each arm: shows that everything works, decides nothing',
  config: { steps: 12, evaluate: { every: 12, images: 500, final: 500 }, lastSteps: 5 },
};

const conjunction = v.strictObject({
  id: name,
  statement: text,
  parts: v.pipe(v.array(name), v.minLength(2, 'expected at least two claims')),
  published: text,
});

const choice = v.strictObject({
  factor: name,
  by: v.picklist(['validation.loss', 'validation.top1'], 'expected validation.loss or validation.top1'),
});

const words = {
  id: name,
  title: text,
  question: text,
  source: text,
  tags: v.optional(v.array(name)),
  believed: v.optional(text),
  reading: v.optional(text),
  limits: v.array(text),
  history: v.array(text),
};

const experiment = v.strictObject({
  ...words,
  base: config,
  factors: v.record(name, v.record(name, patch)),
  tiers: v.pipe(
    v.record(v.picklist(TIERS), tier),
    v.transform(tiers => ({ smoke: SMOKE, ...tiers })),
  ),
  claims: v.pipe(v.array(claim), v.minLength(1, 'expected at least one claim')),
  conjunction: v.optional(conjunction),
  choice: v.optional(choice),
  counts: v.optional(counts),
  gate: v.optional(v.array(threshold)),
});

const countedExperiment = v.strictObject({ ...words, counts });

/** `file` is named in the message. Without a base nothing is trained. */
export function parseSpec(value: unknown, file: string): Experiment | CountedExperiment {
  const counted = typeof value === 'object' && value !== null && 'counts' in value && !('base' in value);
  if (counted) return parse(countedExperiment, value, file) as CountedExperiment;
  return withPartsThatThereAre(parse(experiment, value, file) as Experiment, file);
}

/** A merged configuration, checked and with its defaults: where it came from is named in the message. */
export function parseConfig(value: unknown, where: string): UnplannedConfig {
  return parse(config, value, where) as UnplannedConfig;
}

/** What a conjunction and a choice name. */
function withPartsThatThereAre(spec: Experiment, file: string): Experiment {
  const { claims, conjunction, choice, factors, base } = spec;
  const refuse = (field: string, problem: string): never => {
    throw new UserError(`${file}: field ${field}: ${problem}`);
  };
  const ids = claims.map(({ id }) => id);
  const missing = conjunction?.parts.find(part => !ids.includes(part));
  if (missing !== undefined) refuse('conjunction.parts', `expected claims among ${ids.join(', ')}, got "${missing}".`);
  if (choice && !factors[choice.factor])
    refuse('choice.factor', `expected one of ${Object.keys(factors).join(', ')}, got "${choice.factor}".`);
  if (choice && !(base.input.validationShare > 0))
    refuse('base.input.validationShare', `expected more than 0, since ${choice.factor} is chosen by ${choice.by}.`);
  return spec;
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
