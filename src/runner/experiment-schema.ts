/** What a file in experiments/ must say, field by field, so that a mistake is one line that names file and field. */
import * as v from 'valibot';
import { armsOf } from '../core/arms.ts';
import { atTier } from '../core/at-tier.ts';
import { UserError } from '../core/errors.ts';
import { type CountedExperiment, type Experiment, GATE_DEFAULTS, TIERS, type Tier } from '../core/experiment.ts';
import { config } from './config-schema.ts';
import { counts } from './counts-schema.ts';
import { count, finite, name, parse, text } from './schema-parts.ts';

/** Patches are checked for form here, and for content once they are merged. */
const patch = v.record(v.string(), v.any());

const factors = v.record(name, v.record(name, patch));

const margin = v.pipe(finite, v.minValue(0, 'expected a margin of at least 0'));

const claim = v.strictObject({
  id: name,
  kind: v.picklist(['superiority', 'interaction', 'equivalence']),
  statement: text,
  metric: text,
  unit: text,
  contrast: v.record(v.string(), finite),
  margin,
  published: text,
});

const claims = v.pipe(v.array(claim), v.minLength(1, 'expected at least one claim'));

const tier = v.strictObject({
  seeds: count,
  decides: v.boolean(),
  about: text,
  config: v.optional(patch),
  base: v.optional(config),
  factors: v.optional(factors),
  claims: v.optional(claims),
});

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
  minimumSeeds: v.optional(v.pipe(count, v.minValue(3)), GATE_DEFAULTS.minimumSeeds),
  looks: v.optional(
    v.pipe(
      v.array(count),
      v.minLength(1),
      v.check(looks => looks.every((n, i) => i === 0 || n > (looks[i - 1] as number)), 'expected ascending numbers'),
    ),
    [...GATE_DEFAULTS.looks],
  ),
});

export const SMOKE_IMAGES = 500;

/** Every experiment has it, unless it says another. Where there are fewer test images, it takes all. */
export const SMOKE: Tier = {
  seeds: 1,
  decides: false,
  about: 'a few steps of each arm: shows that everything works, decides nothing',
  config: { steps: 12, evaluate: { every: 12, images: SMOKE_IMAGES, final: SMOKE_IMAGES }, lastSteps: 5 },
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
  factors,
  tiers: v.pipe(
    v.record(v.picklist(TIERS), tier),
    v.transform(tiers => ({ smoke: SMOKE, ...tiers })),
  ),
  claims,
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

/** What a conjunction and a choice name, and arms of different names. */
function withPartsThatThereAre(spec: Experiment, file: string): Experiment {
  for (const tier of Object.values(spec.tiers)) requireParts(atTier(spec, tier), file);
  return spec;
}

function requireParts(asked: Experiment, file: string): void {
  const { claims, conjunction, choice, factors, base } = asked;
  const refuse = (field: string, problem: string): never => {
    throw new UserError(`${file}: field ${field}: ${problem}`);
  };
  const ids = claims.map(({ id }) => id);
  const missing = conjunction?.parts.find(part => !ids.includes(part));
  if (missing !== undefined) refuse('conjunction.parts', `expected claims among ${ids.join(', ')}, got "${missing}".`);
  if (choice && !Object.hasOwn(factors, choice.factor))
    refuse('choice.factor', `expected one of ${Object.keys(factors).join(', ')}, got "${choice.factor}".`);
  if (choice && !(base.input.validationShare > 0))
    refuse('base.input.validationShare', `expected more than 0, since ${choice.factor} is chosen by ${choice.by}.`);
  const arms = armsOf(asked).map(arm => arm.name);
  const twice = arms.find((name, i) => arms.indexOf(name) < i);
  if (twice !== undefined) refuse('factors', `expected levels that name each arm, got two arms "${twice}".`);
}
