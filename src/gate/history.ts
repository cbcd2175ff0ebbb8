/** Every decision, one line of JSON each, in the order in which they were made: `.bench/gates.jsonl`. */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { benchDir } from '../core/places.ts';
import { gateJson } from './gate-json.ts';
import type { GateReport } from './report.ts';

const OUTCOME = v.picklist(['pass', 'fail', 'inconclusive', 'incomparable']);
const NUMBER = v.nullable(v.number());
const PAST_GATE = v.object({
  experiment: v.string(),
  tier: v.string(),
  decidedAt: v.string(),
  // Older lines do not say them.
  commit: v.optional(v.nullable(v.string()), null),
  dirty: v.optional(v.boolean(), false),
  checks: v.array(
    v.object({
      metric: v.string(),
      arm: v.string(),
      outcome: OUTCOME,
      present: NUMBER,
      worsening: NUMBER,
      interval: v.nullable(v.tuple([v.number(), v.number()])),
      margin: NUMBER,
      level: v.number(),
      seeds: v.array(v.number()),
    }),
  ),
});

/** A decision as far as its history needs it. */
export type PastGate = v.InferOutput<typeof PAST_GATE>;
export type PastCheck = PastGate['checks'][number];

const gatesPath = (dir = benchDir()): string => join(dir, 'gates.jsonl');

export function recordDecision(report: GateReport): void {
  mkdirSync(dirname(gatesPath()), { recursive: true, mode: 0o700 });
  appendFileSync(gatesPath(), `${JSON.stringify(gateJson(report))}\n`);
}

/** In the order in which they were made. Lines that are no decision are numbered in `unread`, from 1. */
export function pastGates(): { gates: PastGate[]; unread: number[] } {
  const lines = existsSync(gatesPath()) ? readFileSync(gatesPath(), 'utf8').split('\n') : [];
  const read = lines.map((line, i) => ({ number: i + 1, empty: line === '', gate: parseGate(line) }));
  return {
    gates: read.flatMap(({ gate }) => gate ?? []),
    unread: read.filter(({ gate, empty }) => !gate && !empty).map(({ number }) => number),
  };
}

function parseGate(line: string): PastGate | null {
  try {
    const { success, output } = v.safeParse(PAST_GATE, JSON.parse(line));
    return success ? output : null;
  } catch {
    return null;
  }
}
