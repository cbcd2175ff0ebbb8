/** What the fields of a baseline's file hold: what a gate compares with must not be of another kind than it expects. */
import * as v from 'valibot';

const byArm = <T extends v.GenericSchema>(of: T) => v.record(v.string(), of);
const finite = v.pipe(v.number(), v.finite());
/** Keys are seeds, written as a program writes a number. */
const bySeed = <T extends v.GenericSchema>(of: T) =>
  v.record(v.pipe(v.string(), v.regex(/^(0|[1-9]\d*)$/, 'expected a seed')), of);
const figure = v.union([finite, v.object({ above: finite })], 'expected a finite number or {"above": number}');
const margin = v.union(
  [v.object({ absolute: v.number() }), v.object({ relative: v.number() }), v.object({ deviations: v.number() })],
  'expected one of absolute, relative or deviations, a number',
);
const threshold = v.object({
  metric: v.string(),
  direction: v.picklist(['lower', 'higher']),
  margin,
  confidence: v.number(),
  minimumSeeds: v.number(),
  looks: v.array(v.number()),
});
const machine = v.object({
  cpu: v.string(),
  cores: v.number(),
  tensorflow: v.string(),
  threads: v.number(),
  device: v.string(),
});

const CONTENT = v.object({
  name: v.string(),
  savedAt: v.string(),
  experiment: v.string(),
  tier: v.string(),
  commit: v.optional(v.nullable(v.string())),
  dirty: v.optional(v.boolean()),
  spec: byArm(v.string()),
  data: byArm(v.string()),
  code: byArm(v.string()),
  identity: byArm(bySeed(v.string())),
  machine: v.nullable(machine),
  costs: byArm(v.object({ parameters: v.number(), macs: v.number() })),
  figures: v.record(v.string(), byArm(bySeed(figure))),
  thresholds: v.array(threshold),
});

/** The first field that is not what it must be, and why; null if all are. */
export function oddField(content: unknown): string | null {
  const { issues } = v.safeParse(CONTENT, content);
  if (!issues) return null;
  const [{ expected, received, message, type }] = issues;
  const why = type === 'union' || type === 'regex' ? message : `expected ${expected}, got ${received}`;
  return `field ${v.getDotPath(issues[0])}: ${why}`;
}
