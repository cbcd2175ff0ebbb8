/** What a configuration of a cell may say, with ranges and defaults of its fields. */
import * as v from 'valibot';
import type { UnplannedConfig } from '../core/cell-config.ts';
import { input } from './input-schema.ts';
import { procedures } from './procedure-schema.ts';
import { count, countFromZero, finite, name, notNegative, parse, positive, text } from './schema-parts.ts';

const fraction = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const countOrAll = v.union([count, v.literal('all')], 'expected a whole number of at least 1, or "all"');
const belowOne = v.pipe(finite, v.minValue(0), v.ltValue(1));

const schedule = v.variant('kind', [
  v.strictObject({ kind: v.literal('constant') }),
  v.strictObject({ kind: v.literal('step'), at: v.array(fraction), factor: finite }),
  v.strictObject({ kind: v.literal('cosine') }),
  v.strictObject({ kind: v.literal('linear') }),
  v.strictObject({ kind: v.literal('epochs'), epochs: positive, factor: finite }),
]);

const anyOptimiser = {
  rate: positive,
  weightDecay: v.optional(notNegative, 0),
  decayed: v.optional(v.picklist(['all', 'kernels']), 'all'),
  clipNorm: v.optional(v.nullable(positive), null),
  averaging: v.optional(v.nullable(belowOne), null),
  warmupSteps: v.optional(countFromZero, 0),
  schedule: v.optional(schedule, { kind: 'constant' }),
};
const momentum = v.optional(belowOne, 0.9);
/** Kingma & Ba 2015, §2. */
const adam = {
  beta1: v.optional(belowOne, 0.9),
  beta2: v.optional(belowOne, 0.999),
  epsilon: v.optional(positive, 1e-8),
  ...anyOptimiser,
};

const optimiser = v.variant('kind', [
  v.strictObject({ kind: v.literal('sgd'), momentum, nesterov: v.optional(v.boolean(), false), ...anyOptimiser }),
  v.strictObject({
    kind: v.literal('rmsprop'),
    // Szegedy et al. 2015, §8.
    decay: v.optional(belowOne, 0.9),
    momentum,
    epsilon: v.optional(positive, 1),
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

export const config = v.strictObject({
  net: name,
  options: v.optional(v.record(v.string(), v.any()), {}),
  match: v.optional(v.nullable(match), null),
  dataset: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]*(:.+)?$/, 'expected the name of a dataset, or KIND:FOLDER')),
  trainImages: v.optional(countOrAll, 'all'),
  input,
  start: v.optional(v.nullable(start), null),
  steps: count,
  batch: count,
  precision: v.optional(v.picklist(['auto', 'float32', 'bfloat16']), 'float32'),
  optimiser,
  loss: v.optional(loss, { kind: 'cross-entropy', smoothing: 0 }),
  evaluate: v.optional(
    v.strictObject({
      every: v.optional(count, 500),
      images: v.optional(countOrAll, 2000),
      final: v.optional(countOrAll, 'all'),
      procedures,
      lesions: v.optional(v.nullable(countOrAll), null),
    }),
    {},
  ),
  lastSteps: v.optional(count, 50),
});

/** A merged configuration, checked and with its defaults: where it came from is named in the message. */
export function parseConfig(value: unknown, where: string): UnplannedConfig {
  return parse(config, value, where) as UnplannedConfig;
}
