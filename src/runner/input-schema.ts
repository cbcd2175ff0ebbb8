/** The part of a configuration that says what the net is shown: form, ranges and defaults of its fields. */
import * as v from 'valibot';
import { DEFAULT_INPUT } from '../core/input.ts';
import { notNegative, positive, count as side } from './schema-parts.ts';

const sideOrNull = v.nullable(side);
const strength = v.pipe(notNegative, v.maxValue(1));
const share = v.pipe(positive, v.maxValue(1));

const rising = <T extends v.GenericSchema<number, number>>(item: T) =>
  v.pipe(
    v.tuple([item, item]),
    v.check(([from, to]) => from <= to, 'expected [from, to] with from at most to'),
  );

/** Defaults are the papers' own values. */
const augmentation = v.variant('kind', [
  v.strictObject({ kind: v.literal('random-crop') }),
  v.strictObject({ kind: v.literal('pad-crop'), pad: v.optional(side, 4) }),
  v.strictObject({ kind: v.literal('flip') }),
  v.strictObject({ kind: v.literal('scale-jitter'), from: v.optional(side, 256), to: v.optional(side, 512) }),
  v.strictObject({
    kind: v.literal('area-crop'),
    area: v.optional(rising(share), [0.08, 1]),
    aspect: v.optional(rising(positive), [3 / 4, 4 / 3]),
  }),
  v.strictObject({
    kind: v.literal('colour-noise'),
    std: v.optional(notNegative, 0.1),
    axes: v.optional(v.picklist(['imagenet', 'dataset']), 'imagenet'),
  }),
  v.strictObject({ kind: v.literal('photometric'), strength: v.optional(strength, 0.5) }),
]);

export const input = v.optional(
  v.strictObject({
    shorterSide: v.optional(sideOrNull, DEFAULT_INPUT.shorterSide),
    size: v.optional(sideOrNull, DEFAULT_INPUT.size),
    scale: v.optional(v.picklist(['standardised', 'centred']), DEFAULT_INPUT.scale),
    augment: v.optional(v.array(augmentation), []),
    shuffle: v.optional(v.picklist(['thorough', 'poor']), DEFAULT_INPUT.shuffle),
    validationShare: v.optional(v.pipe(notNegative, v.ltValue(1)), DEFAULT_INPUT.validationShare),
  }),
  {},
);
