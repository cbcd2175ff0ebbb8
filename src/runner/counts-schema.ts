/** What a claim about sizes of nets must say. */
import * as v from 'valibot';
import { finite, positive, text } from './schema-parts.ts';

const netCount = v.strictObject({
  net: text,
  options: v.optional(v.record(v.string(), v.any())),
  count: v.picklist(['parameters', 'macs', 'filters']),
  layers: v.optional(v.union([text, v.array(text)])),
  take: v.optional(v.picklist(['sum', 'largest'])),
});

const claim = v.strictObject({
  id: text,
  statement: text,
  count: netCount,
  over: v.optional(netCount),
  unit: text,
  holds: v.union(
    [
      v.strictObject({ below: finite }),
      v.strictObject({ above: finite }),
      v.strictObject({ near: finite, within: positive }),
    ],
    'expected below, above, or near with within',
  ),
  published: text,
});

export const counts = v.pipe(v.array(claim), v.minLength(1, 'expected at least one claim'));
