/** The part of a configuration that says how the test set is predicted: form, ranges and defaults of its fields. */
import * as v from 'valibot';
import { DEFAULT_PROCEDURES } from '../core/procedure.ts';
import { count as side } from './schema-parts.ts';

const scales = v.pipe(v.array(side), v.minLength(1, 'expected at least one scale'));
/** Szegedy et al. 2014, §7. */
const FOUR_SCALES = [256, 288, 320, 352];
/** Simonyan & Zisserman 2014, §4.2, with training sides of 256 to 512. */
const THREE_SCALES = [256, 384, 512];
const snapshots = v.pipe(v.number(), v.integer(), v.minValue(2));
const SNAPSHOTS = 5;

const procedure = v.variant('kind', [
  v.strictObject({ kind: v.literal('single-crop') }),
  v.strictObject({ kind: v.literal('ten-crop') }),
  v.strictObject({ kind: v.literal('multi-scale'), scales: v.optional(scales, THREE_SCALES) }),
  v.strictObject({ kind: v.literal('dense'), scales: v.optional(v.nullable(scales), null) }),
  v.strictObject({ kind: v.literal('144-crop'), scales: v.optional(scales, FOUR_SCALES) }),
  v.strictObject({ kind: v.literal('snapshots'), count: v.optional(snapshots, SNAPSHOTS) }),
]);

/** `--set evaluate.procedures=ten-crop,dense` names kinds whose fields have their defaults. */
const named = v.pipe(
  v.string(),
  v.transform(kind => ({ kind })),
);

export const procedures = v.optional(
  v.pipe(
    v.array(v.union([v.pipe(named, procedure), procedure])),
    v.check(all => new Set(all.map(({ kind }) => kind)).size === all.length, 'expected each procedure once'),
  ),
  [...DEFAULT_PROCEDURES],
);
